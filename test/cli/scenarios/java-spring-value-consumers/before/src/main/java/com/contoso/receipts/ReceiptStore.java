package com.contoso.receipts;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

@Component
public class ReceiptStore {

    private final BlobContainerClient container;

    public ReceiptStore(
            @Value("${receipts.storage.connection-string}") String connectionString,
            @Value("${receipts.storage.container}") String containerName) {
        this.container = new BlobServiceClientBuilder()
                .connectionString(connectionString)
                .buildClient()
                .getBlobContainerClient(containerName);
    }

    public boolean has(String name) {
        return container.getBlobClient(name).exists();
    }
}
