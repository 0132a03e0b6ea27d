const { ServiceBusClient } = require('@azure/service-bus');

const makeSender = (connectionString, queueName) => {
  const client = new ServiceBusClient(connectionString);
  return client.createSender(queueName);
};

module.exports = async function (context, req) {
  const sender = makeSender(process.env.SUBMIT_BUS_CONNECTION_STRING, 'orders');
  try {
    await sender.sendMessages({ body: req.body });
  } finally {
    await sender.close();
  }
  context.res = { status: 202 };
};
