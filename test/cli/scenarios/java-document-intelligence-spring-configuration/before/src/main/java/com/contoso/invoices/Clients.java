package com.contoso.invoices;

import com.azure.ai.documentintelligence.DocumentIntelligenceClient;
import com.azure.ai.documentintelligence.DocumentIntelligenceClientBuilder;
import com.azure.core.credential.AzureKeyCredential;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class Clients {

    private static final String KEY = "@@annotatedKey ACOG@@";

    @Bean
    DocumentIntelligenceClient documents() {
        return new DocumentIntelligenceClientBuilder()
                .endpoint("https://contoso-docs.cognitiveservices.azure.com")
                .credential(new AzureKeyCredential(KEY))
                .buildClient();
    }
}
