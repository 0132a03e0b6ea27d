using Azure;
using Azure.Search.Documents;
using Xunit;

public class SearchTests : IDisposable
{
    private const string Key = "@@identifiableKey search@@";
    private readonly SearchClient _client = Create("hotels");

    private static SearchClient Create(string index, string key = Key)
        => new(new Uri("https://contoso-shop.search.windows.net"), index, new AzureKeyCredential(key));

    [Fact]
    public void Finds() => Assert.NotNull(Create("rooms").Search<object>("x"));

    public void Dispose() { }
}
