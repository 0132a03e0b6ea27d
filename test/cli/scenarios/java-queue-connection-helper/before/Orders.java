package com.contoso.orders;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;

public final class Orders {
    private final QueueClient queue;

    public Orders() {
        queue = new QueueClientBuilder()
            .connectionString(connectionString())
            .queueName("orders")
            .buildClient();
    }

    private static String connectionString() {
        return "DefaultEndpointsProtocol=https;AccountName=contosoorders;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net";
    }

    public void send(String order) {
        queue.sendMessage(order);
    }
}
