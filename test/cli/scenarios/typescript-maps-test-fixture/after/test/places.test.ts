import { before, describe, it } from 'node:test';
import assert from 'node:assert';
import MapsSearch, { type MapsSearchClient } from '@azure-rest/maps-search';
import { DefaultAzureCredential } from '@azure/identity';

const credential = new DefaultAzureCredential();

describe('places', () => {
  let client: MapsSearchClient;

  before(() => {
    client = MapsSearch(credential, process.env.AZURE_MAPS_CLIENT_ID!);
  });

  it('finds the town hall', async () => {
    const result = await client.path('/geocode').get({ queryParameters: { query: 'town hall' } });
    assert.equal(result.status, '200');
  });
});
