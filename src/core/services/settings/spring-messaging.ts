import { connectionStringFields } from '../../formats/connection-string.ts';
import type { Refusal } from '../../rewrite/fix.ts';
import type { SpringChange, SpringMigration, SpringSecret } from '../service.ts';

const publicDomain = 'servicebus.windows.net';

interface Namespace {
  readonly name: string;
  readonly domain: string;
  readonly entity: string | undefined;
}

function namespaceIn(value: string): Namespace | Refusal {
  const fields = connectionStringFields(value);
  const host = /^sb:\/\/(?<name>[a-z0-9-]+)\.(?<domain>[a-z0-9.-]+)\/?$/iu.exec(fields.get('endpoint') ?? '')?.groups;
  if (host === undefined || fields.has('usedevelopmentemulator')) {
    return { refusal: 'This is no connection string of a namespace in Azure: an emulator takes no token.' };
  }
  return { name: host['name'] ?? '', domain: host['domain'] ?? '', entity: fields.get('entitypath') };
}

/** Namespace and, in a sovereign cloud, its domain; the entity's name where the connection string says it. */
function namespaceSettings({ prefix, value, valueOf }: SpringSecret, entityKey: string): SpringChange | Refusal {
  const namespace = namespaceIn(value);
  if ('refusal' in namespace) return namespace;
  const { name, domain, entity } = namespace;
  const set: (readonly [string, string])[] = [[`${prefix}namespace`, name]];
  if (domain !== publicDomain) set.push([`${prefix}domain-name`, domain]);
  const knownEntity = valueOf(prefix + entityKey);
  if (entity !== undefined && knownEntity === undefined) set.push([prefix + entityKey, entity]);
  if (entity !== undefined && knownEntity !== undefined && knownEntity !== entity) {
    return {
      refusal: `The connection string names another entity than ${prefix}${entityKey}. Decide on one of them, then run the fix again.`,
    };
  }
  return { remove: [`${prefix}connection-string`], set };
}

/** Event Hubs and Service Bus share the form of their connection strings, so each rule may report either. */
const cures = ['service-bus-access-key', 'event-hubs-access-key'];

export const springServiceBus: readonly SpringMigration[] = [
  {
    form: 'spring',
    title: 'Sign in to Service Bus with the app’s identity',
    cures,
    property: /^spring\.cloud\.azure\.servicebus\.(?:(?:producer|consumer|processor)\.)?connectionstring$/u,
    rewrite: secret => namespaceSettings(secret, 'entity-name'),
    followUps: [],
    examples: [
      {
        path: 'application.properties',
        before: s =>
          `spring.cloud.azure.servicebus.connection-string=Endpoint=sb://contoso-orders.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=«${s.serviceBusKey()}»\nspring.cloud.azure.servicebus.entity-name=orders\n`,
        after: `spring.cloud.azure.servicebus.namespace=contoso-orders\nspring.cloud.azure.servicebus.entity-name=orders\n`,
      },
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  cloud:\n    azure:\n      servicebus:\n        # East\n        connection-string: Endpoint=sb://contoso.servicebus.usgovcloudapi.net/;SharedAccessKeyName=app;SharedAccessKey=«${s.serviceBusKey()}»;EntityPath=orders\n`,
        after: `spring:\n  cloud:\n    azure:\n      servicebus:\n        # East\n        namespace: contoso\n        domain-name: servicebus.usgovcloudapi.net\n        entity-name: orders\n`,
      },
    ],
  },
  {
    form: 'spring',
    title: 'Sign in to Service Bus with the app’s identity',
    cures,
    property: /^spring\.jms\.servicebus\.connectionstring$/u,
    rewrite({ prefix, value }) {
      const namespace = namespaceIn(value);
      if ('refusal' in namespace) return namespace;
      if (namespace.domain !== publicDomain) {
        return {
          refusal:
            'The JMS starter builds the host from the namespace and knows the public cloud only. Use spring-cloud-azure-starter-servicebus there.',
        };
      }
      return {
        remove: [`${prefix}connection-string`],
        set: [
          [`${prefix}namespace`, namespace.name],
          [`${prefix}passwordless-enabled`, 'true'],
        ],
      };
    },
    followUps: [
      {
        kind: 'grantRole',
        message: 'Grant the app’s identity "Azure Service Bus Data Owner" on the namespace: JMS asks for it.',
        copyable:
          'az role assignment create --role "Azure Service Bus Data Owner" --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope <namespace-id>',
      },
    ],
    examples: [
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  jms:\n    servicebus:\n      pricing-tier: premium\n      connection-string: 'Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=«${s.serviceBusKey()}»'\n`,
        after: `spring:\n  jms:\n    servicebus:\n      pricing-tier: premium\n      namespace: contoso\n      passwordless-enabled: true\n`,
      },
    ],
  },
];

export const springEventHubs: readonly SpringMigration[] = [
  {
    form: 'spring',
    title: 'Sign in to Event Hubs with the app’s identity',
    cures,
    property: /^spring\.cloud\.azure\.eventhubs\.(?:(?:producer|consumer|processor)\.)?connectionstring$/u,
    rewrite: secret => namespaceSettings(secret, 'event-hub-name'),
    followUps: [
      {
        kind: 'grantRole',
        message:
          'Grant the app’s identity "Azure Event Hubs Data Sender" or "Azure Event Hubs Data Receiver" on the namespace, whichever it does.',
        copyable:
          'az role assignment create --role "Azure Event Hubs Data Sender" --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope <namespace-id>',
      },
    ],
    examples: [
      {
        path: 'application.yml',
        before: s =>
          `spring:\n  cloud:\n    azure:\n      eventhubs:\n        connection-string: \${EVENTHUBS:Endpoint=sb://contoso-telemetry.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=«${s.serviceBusKey()}»}\n        event-hub-name: telemetry\n`,
        after: { refusal: /namespace in Azure/u },
      },
      {
        path: 'application-prod.properties',
        before: s =>
          `spring.cloud.azure.eventhubs.connection-string = Endpoint=sb://contoso-telemetry.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=«${s.serviceBusKey()}»;EntityPath=telemetry\nspring.cloud.azure.eventhubs.event-hub-name = telemetry\n`,
        after: `spring.cloud.azure.eventhubs.namespace = contoso-telemetry\nspring.cloud.azure.eventhubs.event-hub-name = telemetry\n`,
      },
    ],
  },
];
