import { sha256Hex } from './sha256.ts';

/** SHA-256 of keys that are documented for emulators and local servers: everybody has them and they open nothing else. */
const emulatorKeys: ReadonlySet<string> = new Set([
  // Azurite and the Azure Storage emulator, account devstoreaccount1.
  '0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059',
  // Azure Cosmos DB emulator.
  'aa6547439583c3a275d4542a0df6c1ad6a863971be9f2a2220f027cc02aef615',
  // Secret key of Supabase started on the developer's machine.
  'c85debb55f2f204d868cc1552c42faa143b4c675f61363ab040dd50b5b5304cd',
]);

export function isEmulatorKey(key: string): boolean {
  return emulatorKeys.has(sha256Hex(key));
}
