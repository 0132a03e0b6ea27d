import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './storage-queue-forms.ts';

const java = { language: 'java', module: 'com.azure.storage.queue', package: 'com.azure:azure-storage-queue' } as const;

export const storageQueueJavaClients: readonly ClientMigration[] = [
  {
    ...java,
    ...fromString,
    before: 'new QueueServiceClientBuilder().connectionString($CS).$$$CALLS()',
    after: 'new QueueServiceClientBuilder().endpoint($ENDPOINT).credential($CREDENTIAL).$$$CALLS()',
    examples: [
      {
        before: standIns => `package com.contoso.jobs;

import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class QueueConfiguration {

    @Bean
    public QueueServiceClient queues() {
        return new QueueServiceClientBuilder()
                .connectionString("${connectionString(standIns.storageAccountKey())}")
                .buildClient();
    }
}
`,
        after: `package com.contoso.jobs;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class QueueConfiguration {

    @Bean
    public QueueServiceClient queues() {
        return new QueueServiceClientBuilder()
                .endpoint("https://contosojobs.queue.core.windows.net")
                .credential(new DefaultAzureCredentialBuilder().build())
                .buildClient();
    }
}
`,
      },
    ],
  },
  {
    ...java,
    ...fromString,
    before: 'new QueueClientBuilder().connectionString($CS).$$$CALLS()',
    after: 'new QueueClientBuilder().endpoint($ENDPOINT).credential($CREDENTIAL).$$$CALLS()',
    examples: [
      {
        cursor: 'connectionString(',
        before: () => `import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;

class Jobs {
    private final QueueClient queue = new QueueClientBuilder()
        .queueName("jobs")
        .connectionString(System.getenv("AzureWebJobsStorage"))
        .buildClient();
}
`,
        after: `import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;

class Jobs {
    private final QueueClient queue = new QueueClientBuilder()
        .queueName("jobs")
        .endpoint(System.getenv("AZURE_STORAGE_QUEUE_ENDPOINT"))
        .credential(new DefaultAzureCredentialBuilder().build())
        .buildClient();
}
`,
      },
    ],
  },
  ...['QueueServiceClient', 'QueueClient'].map((client): ClientMigration => ({
    ...java,
    ...fromKey,
    before: `new ${client}Builder().credential(new StorageSharedKeyCredential($ACCOUNT, $KEY)).$$$CALLS()`,
    after: `new ${client}Builder().credential($CREDENTIAL).$$$CALLS()`,
    examples: [
      {
        before: standIns => `import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.queue.${client};
import com.azure.storage.queue.${client}Builder;

class Jobs {
    static ${client} open(String url) {
        var credential = new StorageSharedKeyCredential("contosojobs", "${standIns.storageAccountKey()}");
        return new ${client}Builder().endpoint(url).credential(credential).buildClient();
    }
}
`,
        after: `import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.queue.${client};
import com.azure.storage.queue.${client}Builder;

class Jobs {
    static ${client} open(String url) {
        var credential = new DefaultAzureCredentialBuilder().build();
        return new ${client}Builder().endpoint(url).credential(credential).buildClient();
    }
}
`,
      },
    ],
  })),
];
