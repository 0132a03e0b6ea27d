import { DefaultAzureCredential } from '@azure/identity';
import { Client, Registry } from 'azure-iothub';

const credential = new DefaultAzureCredential();

const registry = Registry.fromTokenCredential('contoso-plant.azure-devices.net', credential);
const service = Client.fromTokenCredential('contoso-plant.azure-devices.net', credential);

export async function slowDown(device: string): Promise<void> {
  const { responseBody: twin } = await registry.getTwin(device);
  await registry.updateTwin(device, { properties: { desired: { speed: 1 } } }, twin.etag);
  await service.invokeDeviceMethod(device, { methodName: 'apply', payload: {} });
}
