import type { GuidedClient } from '../service.ts';
import { connectionString } from './event-hubs-forms.ts';

const kafka = {
  secret: { capture: 'CS', form: 'connectionString' },
  why: 'Over the Kafka protocol a token is asked for again and again: the client needs a function that gets one.',
  documentation: 'https://learn.microsoft.com/azure/event-hubs/azure-event-hubs-apache-kafka-overview',
} as const;

const steps = [
  'Replace the mechanism `PLAIN` with its user `$ConnectionString` by `OAUTHBEARER` and a function that gets a token.',
  'The scope is the namespace itself: `https://<namespace>.servicebus.windows.net/.default`.',
];

/** Kafka clients, for which the connection string is the password. */
export const eventHubsGuides: readonly GuidedClient[] = [
  ...['Producer', 'Consumer'].map((client): GuidedClient => ({
    ...kafka,
    language: 'python',
    module: 'confluent_kafka',
    package: 'confluent-kafka',
    before: `${client}({ "sasl.password": $CS, **$$$OPTIONS })`,
    steps,
    snippet: `from confluent_kafka import Producer
from azure.identity import DefaultAzureCredential

NAMESPACE = "contoso-telemetry.servicebus.windows.net"
credential = DefaultAzureCredential()


def token(_config):
    found = credential.get_token(f"https://{NAMESPACE}/.default")
    return found.token, found.expires_on


producer = Producer(
    {
        "bootstrap.servers": f"{NAMESPACE}:9093",
        "security.protocol": "SASL_SSL",
        "sasl.mechanism": "OAUTHBEARER",
        "oauth_cb": token,
    }
)
`,
    examples: [
      {
        before: standIns => `from confluent_kafka import ${client}

client = ${client}(
    {
        "bootstrap.servers": "contoso-telemetry.servicebus.windows.net:9093",
        "security.protocol": "SASL_SSL",
        "sasl.mechanism": "PLAIN",
        "sasl.username": "$ConnectionString",
        "sasl.password": "${connectionString(standIns)}",
    }
)
`,
      },
    ],
  })),
];
