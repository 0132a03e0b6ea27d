using Microsoft.Extensions.Configuration.AzureAppConfiguration;

var builder = WebApplication.CreateBuilder(args);

builder.Configuration.AddAzureAppConfiguration(options =>
{
    options.Connect("Endpoint=https://contoso-shop.azconfig.io;Id=AbCd;Secret=@@annotatedKey AZAC@@")
        .Select("Shop:*", LabelFilter.Null)
        .ConfigureRefresh(refresh => refresh.Register("Shop:Sentinel", refreshAll: true));
});

var app = builder.Build();
app.MapGet("/", (IConfiguration configuration) => configuration["Shop:Greeting"]);
Console.WriteLine(app.Environment.EnvironmentName);
app.Run();
