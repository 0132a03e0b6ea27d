package com.contoso.photos;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class StorageConfiguration {

    @Bean
    public BlobServiceClient blobs() {
        return new BlobServiceClientBuilder()
                .endpoint("https://contosophotos.blob.core.windows.net")
                .credential(new DefaultAzureCredentialBuilder().build())
                .buildClient();
    }

    @Bean
    public BlobContainerClient photos(BlobServiceClient blobs, @Value("${photos.container}") String container) {
        return blobs.getBlobContainerClient(container);
    }
}
