using Azure;
using Azure.AI.OpenAI;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(_ => new AzureOpenAIClient(
    new Uri("https://contoso-desk.openai.azure.com"),
    new AzureKeyCredential("@@azureOpenAIKey@@"))); // shared by all requests

var app = builder.Build();
app.MapGet("/summary", async (string text, AzureOpenAIClient client) =>
{
    var chat = client.GetChatClient("gpt-4o");
    var reply = await chat.CompleteChatAsync($"Summarize: {text}");
    return reply.Value.Content[0].Text;
});
app.Run();
