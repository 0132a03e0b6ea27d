package com.contoso.telemetry;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import java.util.List;

public final class Sender implements AutoCloseable {
    private static final String CONNECTION = "Endpoint=sb://contoso-telemetry.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=@@identifiableKey eventHubs@@;EntityPath=readings";

    private final EventHubProducerClient producer;

    public Sender() {
        producer = new EventHubClientBuilder()
            .connectionString(CONNECTION)
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
