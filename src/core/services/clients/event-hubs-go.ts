import type { ClientMigration } from '../service.ts';
import { connectionString, fromString } from './event-hubs-forms.ts';

const sdk = 'github.com/Azure/azure-sdk-for-go/sdk/messaging/azeventhubs';
const go = { language: 'go', module: sdk, alsoFrom: [`${sdk}/v2`], package: sdk, ...fromString } as const;

/** The hub is empty where the connection string names it. */
export const eventHubsGoClients: readonly ClientMigration[] = (
  [
    ['NewProducerClient', '', ''],
    ['NewConsumerClient', ', $GROUP', ', azeventhubs.DefaultConsumerGroup'],
  ] as const
).flatMap(([create, group, written]): ClientMigration[] => {
  const program = (imports: string, prepare: string, call: string): string => `package telemetry

import (
	"context"
	"fmt"

${imports}
)

// Run reads or writes until the context ends.
func Run(ctx context.Context) error {
${prepare}	client, err := ${call}
	if err != nil {
		return fmt.Errorf("cannot reach the hub: %w", err)
	}
	defer client.Close(ctx)
	<-ctx.Done()
	return nil
}
`;
  const imports = `\t"${sdk}/v2"`;
  const importsAfter = `\t"github.com/Azure/azure-sdk-for-go/sdk/azidentity"\n${imports}`;
  const prepare = `	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return fmt.Errorf("cannot get an Azure credential: %w", err)
	}
`;
  const after = program(
    importsAfter,
    prepare,
    `azeventhubs.${create}("contoso-telemetry.servicebus.windows.net", "telemetry"${written}, cred, nil)`,
  );
  return [
    {
      ...go,
      before: `azeventhubs.${create}FromConnectionString($CS, ""${group}, $$$OPTIONS)`,
      after: `azeventhubs.${create}($ENDPOINT, $ENTITY${group}, $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns =>
            program(
              imports,
              '',
              `azeventhubs.${create}FromConnectionString("${connectionString(standIns, 'telemetry')}", ""${written}, nil)`,
            ),
          after,
        },
      ],
    },
    {
      ...go,
      before: `azeventhubs.${create}FromConnectionString($CS, $HUB${group}, $$$OPTIONS)`,
      after: `azeventhubs.${create}($ENDPOINT, $HUB${group}, $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns =>
            program(
              imports,
              '',
              `azeventhubs.${create}FromConnectionString("${connectionString(standIns)}", "telemetry"${written}, nil)`,
            ),
          after,
        },
      ],
    },
  ];
});
