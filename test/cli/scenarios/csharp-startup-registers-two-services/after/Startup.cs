using Azure.Storage.Queues;
using Azure.Data.Tables;
using System;
using Azure.Identity;
using Microsoft.Extensions.Azure;

public class Startup
{
    public Startup(IConfiguration configuration) => Configuration = configuration;
    public IConfiguration Configuration { get; }

    public void ConfigureServices(IServiceCollection services)
    {
        services.AddAzureClients(b =>
        {
            b.AddQueueServiceClient(new Uri(Configuration.GetConnectionString("QueueEndpoint")));
            b.UseCredential(new DefaultAzureCredential());
            b.AddTableServiceClient(new Uri(Configuration.GetConnectionString("TableEndpoint")));
        });
    }
}
