using Azure.Storage.Queues;
using Azure.Data.Tables;
using Microsoft.Extensions.Azure;

public class Startup
{
    public Startup(IConfiguration configuration) => Configuration = configuration;
    public IConfiguration Configuration { get; }

    public void ConfigureServices(IServiceCollection services)
    {
        services.AddAzureClients(b =>
        {
            b.AddQueueServiceClient(Configuration.GetConnectionString("ShopStorage"));
            b.AddTableServiceClient(Configuration.GetConnectionString("ShopStorage"));
        });
    }
}
