import type { SettingName } from '../service.ts';

const setting: SettingName = {
  name: 'AZURE_SERVICEBUS_FULLY_QUALIFIED_NAMESPACE',
  shortName: 'FullyQualifiedNamespace',
  holds: '<namespace>.servicebus.windows.net',
};

/** Host name of the namespace that a connection string is for. */
export function fullyQualifiedNamespace(fields: ReadonlyMap<string, string>): string | undefined {
  return /^sb:\/\/([\w.-]+)\/?$/iu.exec(fields.get('endpoint') ?? '')?.[1];
}

export const fromString = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: { from: 'connectionString', derive: fullyQualifiedNamespace, setting },
} as const;

export const connectionString = (key: string): string =>
  `Endpoint=sb://contoso-orders.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=${key}`;
