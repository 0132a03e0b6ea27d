using Azure.Identity;
using StackExchange.Redis;

var builder = WebApplication.CreateBuilder(args);

// The cache is shared with the shop.
var redis = await ConnectionMultiplexer.ConnectAsync(
    await ConfigurationOptions.Parse("contoso.redis.cache.windows.net:6380,ssl=True,abortConnect=False").ConfigureForAzureWithTokenCredentialAsync(new DefaultAzureCredential()));
builder.Services.AddSingleton<IConnectionMultiplexer>(redis);

var app = builder.Build();
app.MapGet("/hits", async (IConnectionMultiplexer cache) => (long)await cache.GetDatabase().StringIncrementAsync("hits"));
app.Run();
