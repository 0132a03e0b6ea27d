const { loginWithServicePrincipalSecret } = require('@azure/ms-rest-nodeauth');
const { ServiceClient } = require('@azure/ms-rest-js');

async function main() {
  const credentials = await loginWithServicePrincipalSecret(
    'b331f0df-8cd2-4a27-acc3-a2655a936b14',
    '@@entraClientSecret@@',
    'cc387aa1-eeda-42eb-ab19-51f128843be2',
  );
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
