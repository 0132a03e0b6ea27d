const { DefaultAzureCredential } = require('@azure/identity');
const { AzureIdentityCredentialAdapter, ServiceClient } = require('@azure/ms-rest-js');

async function main() {
  const credentials = new AzureIdentityCredentialAdapter(new DefaultAzureCredential());
  const client = new ServiceClient(credentials);
  const { parsedBody } = await client.sendRequest({
    method: 'GET',
    url: 'https://management.azure.com/subscriptions?api-version=2022-12-01',
  });
  console.log(parsedBody);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
