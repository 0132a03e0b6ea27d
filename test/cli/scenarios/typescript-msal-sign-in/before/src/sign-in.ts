import { ConfidentialClientApplication } from '@azure/msal-node';

const app = new ConfidentialClientApplication({
  auth: {
    clientId: 'b331f0df-8cd2-4a27-acc3-a2655a936b14',
    authority: 'https://login.microsoftonline.com/cc387aa1-eeda-42eb-ab19-51f128843be2',
    clientSecret: '@@entraClientSecret@@', // expires in June
  },
});

export async function redeem(code: string, redirectUri: string): Promise<string | undefined> {
  const result = await app.acquireTokenByCode({ code, redirectUri, scopes: ['User.Read'] });
  return result.account?.username;
}
