using Contoso.Orders;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHostedService<OrderProcessor>();
builder.Build().Run();
