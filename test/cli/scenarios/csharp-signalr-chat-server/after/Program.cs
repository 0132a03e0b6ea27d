using Azure.Identity;
using Contoso.Chat;
using Microsoft.Azure.SignalR;

var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddSignalR(options => options.EnableDetailedErrors = builder.Environment.IsDevelopment())
    .AddAzureSignalR(options => options.Endpoints = new[] { new ServiceEndpoint(new Uri("https://contoso-chat.service.signalr.net"), new DefaultAzureCredential()) });

var app = builder.Build();
app.UseStaticFiles();
app.MapHub<ChatHub>("/chat");
Console.WriteLine("The chat is open.");
app.Run();
