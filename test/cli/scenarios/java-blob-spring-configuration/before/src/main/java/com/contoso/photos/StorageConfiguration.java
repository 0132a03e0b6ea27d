package com.contoso.photos;

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
                .connectionString("DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net")
                .buildClient();
    }

    @Bean
    public BlobContainerClient photos(BlobServiceClient blobs, @Value("${photos.container}") String container) {
        return blobs.getBlobContainerClient(container);
    }
}
