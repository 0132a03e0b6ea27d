using StackExchange.Redis;

var builder = WebApplication.CreateBuilder(args);

// The cache is shared with the shop.
var redis = await ConnectionMultiplexer.ConnectAsync(
    "contoso.redis.cache.windows.net:6380,password=@@legacyKey32@@,ssl=True,abortConnect=False");
builder.Services.AddSingleton<IConnectionMultiplexer>(redis);

var app = builder.Build();
app.MapGet("/hits", async (IConnectionMultiplexer cache) => (long)await cache.GetDatabase().StringIncrementAsync("hits"));
app.Run();
