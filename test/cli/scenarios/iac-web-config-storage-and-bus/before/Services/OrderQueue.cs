using System.Configuration;
using System.Threading.Tasks;
using Azure.Messaging.ServiceBus;

namespace Contoso.Web.Services
{
    public class OrderQueue
    {
        private static readonly ServiceBusClient Client =
            new ServiceBusClient(ConfigurationManager.ConnectionStrings["CheckoutBus"].ConnectionString);

        public Task Place(string order) => Client.CreateSender("orders").SendMessageAsync(new ServiceBusMessage(order));
    }
}
