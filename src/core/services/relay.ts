import { identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { messagingArgs, messagingKey, speaksOf } from '../secrets/messaging.ts';
import type { CredentialFormat, Service } from './service.ts';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'relay-access-key',
    title: 'Azure Relay access key',
    message:
      'The Azure Relay access key[ {policy}][ of namespace {namespace}] is embedded here[; it {kind}][ ({note})].',
    leak: 'Whoever reads it can call the services behind the relay, or answer their callers in their place.',
    remedy:
      'Use a token provider made from DefaultAzureCredential, grant Azure Relay Sender or Listener, and rotate the key.',
    severity: 'error',
    keywords: ['+ARm', 'sharedaccesskey='],
    patterns: [
      identifiableKeyPattern('relay', messagingArgs),
      messagingKey(match => speaksOf(match, /(?<![a-z])relay|hybrid[\s_-]?connection/iu)),
    ],
    examples: {
      found: [
        {
          languageId: 'csharp',
          text: s =>
            `var cs = "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=«${s.identifiableKey('relay')}»;EntityPath=hc1";`,
        },
        {
          languageId: 'csharp',
          text: s =>
            `new HybridConnectionListener("EntityPath=hc1;SharedAccessKey=«${s.legacyKey32()}»;SharedAccessKeyName=listen;Endpoint=sb://contoso.servicebus.windows.net/")`,
        },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s => {
            const key = s.identifiableKey('relay');
            return `relay: «${key.startsWith('a') ? 'b' : 'a'}${key.slice(1)}»`;
          },
        },
      ],
      silent: [
        {
          languageId: 'csharp',
          text: () =>
            '"Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey={relayKey};EntityPath=hc1"',
          why: 'format string',
        },
      ],
    },
  },
];

export const relay: Service = {
  id: 'relay',
  name: 'Azure Relay',
  documentation: 'https://learn.microsoft.com/azure/azure-relay/authenticate-managed-identity',
  credentials,
  settings: [],
  operations: [],
  roles: [
    { name: 'Azure Relay Listener', id: '26e0b698-aa6d-4085-9386-aadae190014d', grants: 'listens' },
    { name: 'Azure Relay Sender', id: '26baccc8-eea7-41f1-98f4-1762cc7f685d', grants: 'sends' },
    { name: 'Azure Relay Owner', id: '2787bf04-f1f5-4bfe-8383-c8a24483ee38', grants: 'listens, sends and manages' },
  ],
  clients: [],
};
