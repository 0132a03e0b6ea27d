using Azure.Identity;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Contoso.Catalog;

public static class CatalogServices
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();

    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        services.AddSingleton(_ => new CosmosClient(
            "https://contoso-catalog.documents.azure.com:443/",
            Credential,
            new CosmosClientOptions { ApplicationName = "catalog" }));
        services.AddSingleton<Products>();
        return services;
    }
}

public sealed class Products(CosmosClient client)
{
    private readonly Container _items = client.GetContainer("catalog", "products");

    public async Task<string> NameOf(string id) =>
        (await _items.ReadItemAsync<Dictionary<string, string>>(id, new PartitionKey(id))).Resource["name"];
}
