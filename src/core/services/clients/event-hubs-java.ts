import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './event-hubs-forms.ts';

const java = {
  language: 'java',
  module: 'com.azure.messaging.eventhubs',
  package: 'com.azure:azure-messaging-eventhubs',
} as const;

const builders = [
  ['EventHubClientBuilder', '', 'buildProducerClient', 'EventHubProducerClient'],
  [
    'EventProcessorClientBuilder',
    '\n            .checkpointStore(store)',
    'buildEventProcessorClient',
    'EventProcessorClient',
  ],
] as const;

export const eventHubsJavaClients: readonly ClientMigration[] = builders.flatMap(
  ([builder, calls, build, client]): ClientMigration[] => {
    const program = (imports: string, call: string, constant = ''): string => `package com.contoso.telemetry;

${imports}

final class Telemetry {
${constant}    static ${client} open(CheckpointStore store) {
        return new ${builder}()
            .consumerGroup("dashboard")${calls}
            ${call}
            .${build}();
    }
}
`;
    const sdk = [client, builder, 'CheckpointStore'].map(name => `import ${java.module}.${name};`).sort();
    const identity = 'import com.azure.identity.DefaultAzureCredentialBuilder;';
    const imports = ['import com.azure.core.credential.TokenCredential;', identity, ...sdk].join('\n');
    const credential = 'CREDENTIAL';
    const keyless = (call: string): string =>
      program(
        imports,
        call,
        '    private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();\n\n',
      );
    const namespace = '"contoso-telemetry.servicebus.windows.net"';
    return [
      {
        ...java,
        ...fromString,
        before: `new ${builder}().connectionString($CS, $HUB).$$$CALLS()`,
        after: `new ${builder}().credential($ENDPOINT, $HUB, $CREDENTIAL).$$$CALLS()`,
        examples: [
          {
            before: standIns =>
              program(
                sdk.join('\n'),
                '.connectionString(CONNECTION, "telemetry")',
                `    private static final String CONNECTION = "${connectionString(standIns)}";\n\n`,
              ),
            after: keyless(`.credential(${namespace}, "telemetry", ${credential})`),
          },
        ],
      },
      {
        ...java,
        ...fromString,
        before: `new ${builder}().connectionString($CS).eventHubName($HUB).$$$CALLS()`,
        after: `new ${builder}().fullyQualifiedNamespace($ENDPOINT).credential($CREDENTIAL).eventHubName($HUB).$$$CALLS()`,
        examples: [
          {
            before: standIns =>
              program(
                sdk.join('\n'),
                `.connectionString("${connectionString(standIns)}")\n            .eventHubName(System.getenv("HUB"))`,
              ),
            after: keyless(
              `.fullyQualifiedNamespace(${namespace})\n            .credential(${credential})\n            .eventHubName(System.getenv("HUB"))`,
            ),
          },
        ],
      },
      {
        ...java,
        ...fromString,
        before: `new ${builder}().connectionString($CS).$$$CALLS()`,
        after: `new ${builder}().credential($ENDPOINT, $ENTITY, $CREDENTIAL).$$$CALLS()`,
        examples: [
          {
            before: standIns =>
              program(sdk.join('\n'), `.connectionString("${connectionString(standIns, 'telemetry')}")`),
            after: keyless(`.credential(${namespace}, "telemetry", ${credential})`),
          },
        ],
      },
      {
        ...java,
        ...fromKey,
        before: `new ${builder}().credential($NAMESPACE, $HUB, new AzureNamedKeyCredential($NAME, $KEY)).$$$CALLS()`,
        after: `new ${builder}().credential($NAMESPACE, $HUB, $CREDENTIAL).$$$CALLS()`,
        examples: [
          {
            before: standIns =>
              program(
                ['import com.azure.core.credential.AzureNamedKeyCredential;', ...sdk].join('\n'),
                `.credential(${namespace}, "telemetry", new AzureNamedKeyCredential("app", "${standIns.identifiableKey('eventHubs')}"))`,
              ),
            after: keyless(`.credential(${namespace}, "telemetry", ${credential})`),
          },
        ],
      },
    ];
  },
);
