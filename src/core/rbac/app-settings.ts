import type { AppSetting } from './identity-model.ts';

const reference = /^\s*@Microsoft\.(?:KeyVault|AppConfiguration)\(/i;
const clientIdName = /^(?:AZURE_CLIENT_ID|MANAGED_IDENTITY_CLIENT_ID|.*__clientId)$/i;
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Suffixes of settings with which Azure Functions, WebJobs and the SDK integrations connect by identity. */
const identitySuffix =
  /__(?:accountName|blobServiceUri|queueServiceUri|tableServiceUri|serviceUri|fullyQualifiedNamespace|accountEndpoint|endpoint|topicEndpointUri|credential|managedIdentityResourceId)$/i;

/**
 * What a setting of an app is, told from its name and value. The value stays behind.
 * @param classify - names the kind of secret that a value looks like
 */
export function settingOf(
  name: string,
  value: string,
  source: AppSetting['source'],
  classify: (name: string, value: string) => string | undefined,
): AppSetting {
  if (reference.test(value)) return { name, source, kind: 'keyVaultReference' };
  if (clientIdName.test(name) && guid.test(value.trim())) {
    return { name, source, kind: 'clientId', clientId: value.trim().toLowerCase() };
  }
  if (identitySuffix.test(name)) return { name, source, kind: 'identityConnection' };
  const secret = classify(name, value);
  if (secret !== undefined) return { name, source, kind: 'secret', secret };
  return { name, source, kind: isKeylessConnection(value) ? 'identityConnection' : 'other' };
}

/** A connection string that names how to sign in instead of a password. */
function isKeylessConnection(value: string): boolean {
  return (
    /(?:^|;)\s*Authentication\s*=\s*"?Active Directory (?:Default|Managed Identity|MSI)\b/i.test(value) ||
    /(?:^|;)\s*AuthType\s*=\s*azure/i.test(value)
  );
}
