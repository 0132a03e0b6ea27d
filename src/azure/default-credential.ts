import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';

/** Azure CLI, Azure Developer CLI, environment, managed identity: whichever of them is signed in first. */
export function createDefaultCredential(authorityHost?: string, tenantId?: string): TokenCredential {
  return new DefaultAzureCredential({
    ...(authorityHost ? { authorityHost } : undefined),
    ...(tenantId ? { tenantId } : undefined),
  });
}
