/** A key whose issuer put a signature and a checksum into it (see checksums.ts). */
export interface IdentifiableKey {
  /** Four characters right before the six of the checksum. */
  readonly signature: string;
  /** Length of the key, decoded. */
  readonly bytes: 32 | 39 | 40 | 64;
  /** One for every use the issuer distinguishes, with the words for it. */
  readonly seeds: Readonly<Record<string, string>>;
  /** Base64 unless told otherwise. */
  readonly alphabet?: 'url' | 'alphanumeric';
}

const shared = { Manage00: 'may manage', Send0000: 'may send', Listen00: 'may listen' };

/** Keys by the name of what they open. */
export const identifiableKeys = {
  batch: { signature: '+ABa', bytes: 64, seeds: { AbAcct00: 'account key' } },
  machineLearning: { signature: '+AMC', bytes: 64, seeds: { Classic0: 'web service key' } },
  apiManagement: {
    signature: 'APIM',
    bytes: 64,
    seeds: {
      Tenant00: 'direct management key',
      IoTHub00: 'subscription key',
      Gatewy00: 'gateway key',
      GitKey00: 'repository key',
    },
  },
  eventHubs: { signature: '+AEh', bytes: 32, seeds: shared },
  relay: { signature: '+ARm', bytes: 32, seeds: shared },
  iotHub: {
    signature: 'AIoT',
    bytes: 32,
    seeds: { IoTHub00: 'hub key', DpsKey00: 'Device Provisioning Service key' },
  },
  iotDevice: { signature: 'AIoT', bytes: 32, seeds: { Device00: 'device key' } },
  redis: { signature: 'AzCa', bytes: 32, seeds: { Access00: 'access key' } },
  eventGrid: { signature: 'AZEG', bytes: 32, seeds: { SendRecv: 'access key' } },
  containerRegistry: { signature: '+ACR', bytes: 39, seeds: { ACRDflt0: 'password' } },
  search: {
    signature: 'AzSe',
    bytes: 39,
    seeds: { Query000: 'query key', PAdmin00: 'admin key' },
    alphabet: 'alphanumeric',
  },
  functions: {
    signature: 'AzFu',
    bytes: 40,
    seeds: { Functi00: 'function key', Master00: 'host key', System00: 'system key' },
    alphabet: 'url',
  },
} as const satisfies Readonly<Record<string, IdentifiableKey>>;

export type IdentifiableKeyName = keyof typeof identifiableKeys;
