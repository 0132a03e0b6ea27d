using System;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Azure.NotificationHubs;

namespace Contoso.Push;

public sealed class Sender
{
    private static readonly SecretClient Vault = new SecretClient(new Uri(Environment.GetEnvironmentVariable("AZURE_KEY_VAULT_ENDPOINT")), new DefaultAzureCredential());
    private readonly NotificationHubClient _hub = NotificationHubClient.CreateClientFromConnectionString(
        Vault.GetSecret("notification-hub-connection-string").Value.Value,
        "orders");

    public Task ReadyAsync(string tag) => _hub.SendTemplateNotificationAsync(new Dictionary<string, string>(), tag);
}
