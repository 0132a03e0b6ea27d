using Microsoft.AspNetCore.SignalR;

namespace Contoso.Chat;

public sealed class ChatHub : Hub
{
    public Task Say(string text) => Clients.All.SendAsync("said", Context.UserIdentifier, text);
}
