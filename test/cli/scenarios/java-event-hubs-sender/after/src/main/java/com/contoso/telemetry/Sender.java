package com.contoso.telemetry;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import java.util.List;

public final class Sender implements AutoCloseable {
    private final EventHubProducerClient producer;

    public Sender() {
        producer = new EventHubClientBuilder()
            .credential("contoso-telemetry.servicebus.windows.net", "readings", new DefaultAzureCredentialBuilder().build())
            .buildProducerClient();
    }

    public void send(String reading) {
        producer.send(List.of(new EventData(reading)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
