package com.contoso.receipts;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class BusConfiguration {

    @Value("${receipts.bus.connection-string}")
    private String busConnectionString;

    @Bean
    public ServiceBusSenderClient sender() {
        return new ServiceBusClientBuilder()
                .connectionString(busConnectionString)
                .sender()
                .queueName("receipts")
                .buildClient();
    }
}
