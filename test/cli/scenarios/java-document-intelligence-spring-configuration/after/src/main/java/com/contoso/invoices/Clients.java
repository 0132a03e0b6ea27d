package com.contoso.invoices;

import com.azure.ai.documentintelligence.DocumentIntelligenceClient;
import com.azure.ai.documentintelligence.DocumentIntelligenceClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class Clients {

    @Bean
    DocumentIntelligenceClient documents() {
        return new DocumentIntelligenceClientBuilder()
                .endpoint("https://contoso-docs.cognitiveservices.azure.com")
                .credential(new DefaultAzureCredentialBuilder().build())
                .buildClient();
    }
}
