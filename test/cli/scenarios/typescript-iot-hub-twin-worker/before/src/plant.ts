import { Client, Registry } from 'azure-iothub';

const hub = 'HostName=contoso-plant.azure-devices.net;SharedAccessKeyName=service;SharedAccessKey=@@identifiableKey iotHub@@';

const registry = Registry.fromConnectionString(hub);
const service = Client.fromConnectionString(hub);

export async function slowDown(device: string): Promise<void> {
  const { responseBody: twin } = await registry.getTwin(device);
  await registry.updateTwin(device, { properties: { desired: { speed: 1 } } }, twin.etag);
  await service.invokeDeviceMethod(device, { methodName: 'apply', payload: {} });
}
