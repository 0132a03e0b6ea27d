'use strict'

const { ServiceBusClient } = require('@azure/service-bus')

const KEY = '@@serviceBusKey@@'
const client = new ServiceBusClient('Endpoint=sb://contoso-mail.servicebus.windows.net/;SharedAccessKeyName=mail;SharedAccessKey=' + KEY, {
  retryOptions: { maxRetries: 5 }
})

/** @param {{ body: { to: string } }} message */
async function handle (message) {
  console.log(`mail to ${message.body.to}`)
}

function start () {
  const receiver = client.createReceiver('mail')
  receiver.subscribe({
    processMessage: handle,
    processError: async ({ error }) => console.error(error)
  })
  process.on('SIGTERM', async () => {
    await receiver.close()
    await client.close()
  })
}

module.exports = { start }
