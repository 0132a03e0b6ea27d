using Azure.Identity;
using Microsoft.Extensions.Configuration.AzureAppConfiguration;

var builder = WebApplication.CreateBuilder(args);

builder.Configuration.AddAzureAppConfiguration(options =>
{
    options.Connect(new Uri("https://contoso-shop.azconfig.io"), new DefaultAzureCredential())
        .Select("Shop:*", LabelFilter.Null)
        .ConfigureRefresh(refresh => refresh.Register("Shop:Sentinel", refreshAll: true));
});

var app = builder.Build();
app.MapGet("/", (IConfiguration configuration) => configuration["Shop:Greeting"]);
Console.WriteLine(app.Environment.EnvironmentName);
app.Run();
