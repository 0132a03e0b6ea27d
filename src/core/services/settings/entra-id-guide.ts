import type { SourceDocument } from '../../engine/finding.ts';
import type { SettingsGuide } from '../service.ts';

/** How a program that finds a client secret in its settings signs in without one, wherever it runs. */
export function withoutClientSecret({ languageId, uri }: SourceDocument): SettingsGuide | undefined {
  const isSettings = languageId === 'dotenv' || /(?:settings[^/\\]*\.json|\.properties|\.ya?ml|\.config)$/iu.test(uri);
  if (!isSettings || /(?:^|[/\\])\.github[/\\]/u.test(uri)) return undefined;
  return {
    title: 'Sign in without a client secret',
    steps: [
      'In Azure, turn on a managed identity of the app: `az webapp identity assign --resource-group <resource-group> --name <app>` (`az functionapp`, `az containerapp` alike).',
      'Grant it the roles that the app registration holds: `az role assignment list --assignee <app-registration-client-id> --all --output table` lists them. Permissions of Microsoft Graph and of other APIs are apart from these: see the API permissions of the app registration.',
      'Outside of Azure (GitHub Actions, Azure Pipelines, Kubernetes, another cloud), keep the app registration and let it trust the token that is there anyway, by a federated credential: `az ad app federated-credential create --id <app-registration-client-id> --parameters federation.json`.',
      'On a developer’s machine sign in as yourself: `az login`, or `azd auth login`. DefaultAzureCredential takes that sign-in, and your account needs the roles as well.',
      'Remove `AZURE_CLIENT_SECRET`, `AZURE_CLIENT_ID` and `AZURE_TENANT_ID` here and where the app runs. While the secret is there, DefaultAzureCredential signs in with it before it asks any identity; a client id that is left behind is taken for that of a user-assigned identity. Set `AZURE_CLIENT_ID` again only to name such an identity.',
      'Once nothing signs in with it, delete the client secret from the app registration.',
    ],
    snippet: {
      languageId: 'dotenv',
      text: '# In the settings of the app in Azure; a developer’s machine needs nothing but a sign-in.\nAZURE_TOKEN_CREDENTIALS=prod\n# Only for a user-assigned identity:\n# AZURE_CLIENT_ID=<client-id-of-the-managed-identity>\n',
    },
    documentation: 'https://learn.microsoft.com/azure/developer/intro/passwordless-overview',
  };
}
