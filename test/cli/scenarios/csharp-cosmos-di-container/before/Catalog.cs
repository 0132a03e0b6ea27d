using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Contoso.Catalog;

public static class CatalogServices
{
    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        services.AddSingleton(_ => new CosmosClient(
            "AccountEndpoint=https://contoso-catalog.documents.azure.com:443/;AccountKey=@@cosmosAccountKey@@;",
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
