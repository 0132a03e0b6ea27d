import { describe, expect, it } from 'vitest';
import { scan } from '../../../src/core/engine/scan.ts';
import { identifiableKeys, type IdentifiableKeyName } from '../../../src/core/secrets/identifiable-keys.ts';
import { createStandIns, type StandIns } from '../../../src/core/secrets/stand-ins.ts';

/** Any other character of the same class, so that shape and signature stay. */
function alter(text: string, index: number): string {
  return text.slice(0, index) + (text.charAt(index) === 'a' ? 'b' : 'a') + text.slice(index + 1);
}

const names = Object.keys(identifiableKeys) as IdentifiableKeyName[];
const signed: readonly (readonly [kind: string, ruleId: string, make: (s: StandIns) => string])[] = [
  ['Storage', 'storage-account-key', s => s.storageAccountKey()],
  ['Cosmos DB', 'cosmos-account-key', s => s.cosmosAccountKey()],
  ['Service Bus', 'service-bus-access-key', s => s.serviceBusKey()],
  ['Entra', 'entra-client-secret', s => s.entraClientSecret()],
  ['Azure AI', 'azure-openai-key', s => s.annotatedKey('ACOG')],
  ['App Configuration', 'app-configuration-access-key', s => s.annotatedKey('AZAC')],
  ['Event Grid, annotated', 'event-grid-access-key', s => s.annotatedKey('AZEG')],
  ['Azure DevOps, annotated', 'devops-personal-access-token', s => s.annotatedKey('AZDO')],
  ['Maps', 'maps-key', s => s.annotatedKey('AZMP')],
  ['Communication Services', 'communication-services-key', s => s.annotatedKey('AZCS')],
  ['Container Registry, annotated', 'container-registry-password', s => s.annotatedKey('AZCR')],
  ['Fluid Relay', 'azure-identifiable-key', s => s.annotatedKey('AZFR')],
  ['a service of the future', 'azure-identifiable-key', s => s.annotatedKey('TEST')],
];
const rules: Readonly<Record<IdentifiableKeyName, string>> = {
  batch: 'batch-account-key',
  machineLearning: 'machine-learning-endpoint-key',
  apiManagement: 'api-management-key',
  eventHubs: 'event-hubs-access-key',
  relay: 'relay-access-key',
  iotHub: 'iot-hub-access-key',
  iotDevice: 'iot-device-key',
  redis: 'redis-access-key',
  eventGrid: 'event-grid-access-key',
  containerRegistry: 'container-registry-password',
  search: 'ai-search-key',
  functions: 'functions-key',
};
const kinds = [
  ...signed,
  ...names.flatMap(name =>
    Object.keys(identifiableKeys[name].seeds).map(
      seed => [`${name} ${seed}`, rules[name], (s: StandIns) => s.identifiableKey(name, seed)] as const,
    ),
  ),
];

function findings(text: string): string[] {
  return scan({ uri: 'example', languageId: 'plaintext', text }).map(
    ({ ruleId, severity, confidence }) => `${ruleId} ${severity} ${confidence}`,
  );
}

describe('a checksum grades a key and never drops it', () => {
  it.each(kinds)('%s', (kind, ruleId, make) => {
    for (let seed = 1; seed <= 25; seed++) {
      const key = make(createStandIns(seed));
      expect(findings(`value ${key} end`), key).toEqual([`${ruleId} error high`]);
      // Nothing but the checksum tells whose altered key with a shared signature it was.
      const altered = kind === 'iotDevice Device00' ? 'iot-hub-access-key' : ruleId;
      expect(findings(`value ${alter(key, 6 + seed)} end`)).toEqual([`${altered} warning medium`]);
    }
  });
  it('accepts whatever the provider reserved for itself in an annotated key', () => {
    for (const reserved of ['AAAA', 'abcd', 'Zz+/', '1234']) {
      const key = createStandIns(5).annotatedKey('AZMP', reserved);
      expect(key.slice(72, 76)).toBe(reserved);
      expect(findings(`value ${key} end`)).toEqual(['maps-key error high']);
    }
  });
});
