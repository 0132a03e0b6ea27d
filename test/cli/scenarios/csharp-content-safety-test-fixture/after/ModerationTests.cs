using System;
using System.Threading.Tasks;
using Azure;
using Azure.AI.ContentSafety;
using Azure.Identity;
using Xunit;

namespace Contoso.Moderation.Tests;

public sealed class ModerationTests
{
    private static readonly DefaultAzureCredential Key = new DefaultAzureCredential();

    private readonly ContentSafetyClient _client =
        new ContentSafetyClient(new Uri("https://contoso-safe.cognitiveservices.azure.com"), Key);

    [Fact]
    public async Task Lets_friendly_words_pass()
    {
        var result = await _client.AnalyzeTextAsync(new AnalyzeTextOptions("Good morning"));
        Assert.All(result.Value.CategoriesAnalysis, each => Assert.Equal(0, each.Severity));
    }
}
