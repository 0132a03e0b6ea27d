using Azure;
using Azure.Identity;
using Azure.Search.Documents;
using Xunit;

public class SearchTests : IDisposable
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();
    private readonly SearchClient _client = Create("hotels");

    private static SearchClient Create(string index)
        => new(new Uri("https://contoso-shop.search.windows.net"), index, Credential);

    [Fact]
    public void Finds() => Assert.NotNull(Create("rooms").Search<object>("x"));

    public void Dispose() { }
}
