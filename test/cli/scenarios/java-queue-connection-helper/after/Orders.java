package com.contoso.orders;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;

public final class Orders {
    private final QueueClient queue;

    public Orders() {
        queue = new QueueClientBuilder()
            .endpoint("https://contosoorders.queue.core.windows.net")
            .credential(new DefaultAzureCredentialBuilder().build())
            .queueName("orders")
            .buildClient();
    }

    public void send(String order) {
        queue.sendMessage(order);
    }
}
