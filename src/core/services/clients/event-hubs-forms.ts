import type { StandIns } from '../../secrets/stand-ins.ts';
import type { SettingName } from '../service.ts';
import { fullyQualifiedNamespace } from './service-bus-forms.ts';

const setting: SettingName = {
  name: 'AZURE_EVENTHUB_FULLY_QUALIFIED_NAMESPACE',
  shortName: 'FullyQualifiedNamespace',
  holds: '<namespace>.servicebus.windows.net',
};

export const fromString = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: { from: 'connectionString', derive: fullyQualifiedNamespace, setting },
} as const;

export const fromKey = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

/** @param hub named in the string itself, as portal and CLI show it for a hub's own policy. */
export function connectionString(standIns: StandIns, hub?: string): string {
  const key = standIns.identifiableKey('eventHubs');
  const entity = hub === undefined ? '' : `;EntityPath=${hub}`;
  return `Endpoint=sb://contoso-telemetry.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=${key}${entity}`;
}
