package com.contoso.jobs;

import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import java.time.Duration;

public class Worker {
    public static void main(String[] args) throws InterruptedException {
        // The key of the storage account, see the portal.
        StorageSharedKeyCredential credential = new StorageSharedKeyCredential("contosojobs", "@@storageAccountKey@@");
        QueueClient queue = new QueueClientBuilder()
            .endpoint("https://contosojobs.queue.core.windows.net")
            .queueName("jobs")
            .credential(credential)
            .buildClient();
        while (!Thread.interrupted()) {
            queue.receiveMessages(10, Duration.ofMinutes(1), null, null).forEach(message -> {
                System.out.println(message.getBody());
                queue.deleteMessage(message.getMessageId(), message.getPopReceipt());
            });
            Thread.sleep(1000);
        }
    }
}
