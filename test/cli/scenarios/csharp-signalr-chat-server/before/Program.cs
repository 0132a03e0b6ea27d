using Contoso.Chat;

var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddSignalR(options => options.EnableDetailedErrors = builder.Environment.IsDevelopment())
    .AddAzureSignalR("Endpoint=https://contoso-chat.service.signalr.net;AccessKey=@@legacyKey32@@;Version=1.0;");

var app = builder.Build();
app.UseStaticFiles();
app.MapHub<ChatHub>("/chat");
Console.WriteLine("The chat is open.");
app.Run();
