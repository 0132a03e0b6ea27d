using System;
using Microsoft.Identity.Client;
using Microsoft.Identity.Web;

namespace Contoso.Daemon;

internal sealed class GraphToken
{
    private readonly IConfidentialClientApplication _app = ConfidentialClientApplicationBuilder
        .Create("b331f0df-8cd2-4a27-acc3-a2655a936b14")
        .WithClientAssertion(new ManagedIdentityClientAssertion(Environment.GetEnvironmentVariable("AZURE_MANAGED_IDENTITY_CLIENT_ID")).GetSignedAssertionAsync)
        .WithAuthority("https://login.microsoftonline.com/cc387aa1-eeda-42eb-ab19-51f128843be2")
        .Build();

    internal async Task<string> GetAsync()
    {
        var result = await _app.AcquireTokenForClient(["https://graph.microsoft.com/.default"]).ExecuteAsync();
        return result.AccessToken;
    }
}
