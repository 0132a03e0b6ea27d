package com.contoso.receipts;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class BusConfiguration {

    @Value("${receipts.bus.fully-qualified-namespace}")
    private String fullyQualifiedNamespace;

    @Bean
    public ServiceBusSenderClient sender() {
        return new ServiceBusClientBuilder()
                .credential(fullyQualifiedNamespace, new DefaultAzureCredentialBuilder().build())
                .sender()
                .queueName("receipts")
                .buildClient();
    }
}
