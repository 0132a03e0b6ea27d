package com.contoso.orders;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessageContext;

public class OrderListener {
    private final ServiceBusProcessorClient processor;

    public OrderListener() {
        this.processor = new ServiceBusClientBuilder()
            .credential("contoso-orders.servicebus.windows.net", new DefaultAzureCredentialBuilder().build())
            .processor()
            .queueName("orders")
            .processMessage(this::handle)
            .processError(context -> System.err.println(context.getException()))
            .buildProcessorClient();
    }

    private void handle(ServiceBusReceivedMessageContext context) {
        System.out.println(context.getMessage().getBody());
    }

    public void start() {
        processor.start();
    }
}
