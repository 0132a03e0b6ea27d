const { DefaultAzureCredential } = require('@azure/identity');
const { ServiceBusClient } = require('@azure/service-bus');

const credential = new DefaultAzureCredential();

const makeSender = (fullyQualifiedNamespace, queueName) => {
  const client = new ServiceBusClient(fullyQualifiedNamespace, credential);
  return client.createSender(queueName);
};

module.exports = async function (context, req) {
  const sender = makeSender(process.env.AZURE_SERVICEBUS_FULLY_QUALIFIED_NAMESPACE, 'orders');
  try {
    await sender.sendMessages({ body: req.body });
  } finally {
    await sender.close();
  }
  context.res = { status: 202 };
};
