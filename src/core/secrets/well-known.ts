import { sha256Hex } from './sha256.ts';

/** SHA-256 of the keys that Microsoft documents for its emulators: everybody has them and they open nothing in Azure. */
const emulatorKeys: ReadonlySet<string> = new Set([
  // Azurite and the Azure Storage emulator, account devstoreaccount1.
  '0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059',
  // Azure Cosmos DB emulator.
  'aa6547439583c3a275d4542a0df6c1ad6a863971be9f2a2220f027cc02aef615',
]);

export function isEmulatorKey(key: string): boolean {
  return emulatorKeys.has(sha256Hex(key));
}
