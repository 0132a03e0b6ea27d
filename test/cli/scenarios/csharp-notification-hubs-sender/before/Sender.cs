using Microsoft.Azure.NotificationHubs;

namespace Contoso.Push;

public sealed class Sender
{
    private readonly NotificationHubClient _hub = NotificationHubClient.CreateClientFromConnectionString(
        "Endpoint=sb://contoso-push.servicebus.windows.net/;SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=@@legacyKey32@@",
        "orders");

    public Task ReadyAsync(string tag) => _hub.SendTemplateNotificationAsync(new Dictionary<string, string>(), tag);
}
