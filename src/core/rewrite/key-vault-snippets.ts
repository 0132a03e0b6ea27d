import type { CodeLanguage } from '../services/service.ts';

/** Code that reads a secret by name, whole and with its imports. */
export function keyVaultSnippet(language: CodeLanguage, secretName: string, setting: string): string {
  switch (language) {
    case 'typescript':
      return `import { DefaultAzureCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';

const vault = new SecretClient(process.env.${setting}!, new DefaultAzureCredential());
const { value } = await vault.getSecret('${secretName}');
`;
    case 'python':
      return `import os

from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

vault = SecretClient(os.environ["${setting}"], DefaultAzureCredential())
value = vault.get_secret("${secretName}").value
`;
    case 'csharp':
      return `using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

var vault = new SecretClient(
    new Uri(Environment.GetEnvironmentVariable("${setting}")!),
    new DefaultAzureCredential());
string value = vault.GetSecret("${secretName}").Value.Value;
`;
    case 'java':
      return `import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;

SecretClient vault = new SecretClientBuilder()
    .vaultUrl(System.getenv("${setting}"))
    .credential(new DefaultAzureCredentialBuilder().build())
    .buildClient();
String value = vault.getSecret("${secretName}").getValue();
`;
    case 'go':
      return `credential, err := azidentity.NewDefaultAzureCredential(nil)
if err != nil {
	return err
}
vault, err := azsecrets.NewClient(os.Getenv("${setting}"), credential, nil)
if err != nil {
	return err
}
secret, err := vault.GetSecret(ctx, "${secretName}", "", nil)
if err != nil {
	return err
}
value := *secret.Value
`;
  }
}
