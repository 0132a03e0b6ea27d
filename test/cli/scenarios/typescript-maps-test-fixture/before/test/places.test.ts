import { before, describe, it } from 'node:test';
import assert from 'node:assert';
import MapsSearch, { type MapsSearchClient } from '@azure-rest/maps-search';
import { AzureKeyCredential } from '@azure/core-auth';

describe('places', () => {
  let client: MapsSearchClient;

  before(() => {
    client = MapsSearch(new AzureKeyCredential('@@annotatedKey AZMP@@'));
  });

  it('finds the town hall', async () => {
    const result = await client.path('/geocode').get({ queryParameters: { query: 'town hall' } });
    assert.equal(result.status, '200');
  });
});
