import type { Service } from './service.ts';

/** Has no keys: what its clients take besides a token is the secret of an app registration, see entra-id.ts. */
export const digitalTwins: Service = {
  id: 'digital-twins',
  name: 'Azure Digital Twins',
  documentation: 'https://learn.microsoft.com/azure/digital-twins/concepts-security',
  credentials: [],
  clients: [],
  sdk: { typescript: 'tokenOnly', python: 'tokenOnly', csharp: 'tokenOnly', java: 'tokenOnly', go: 'none' },
  settings: [],
  operations: [
    {
      languages: {
        typescript: ['getDigitalTwin'],
        python: ['get_digital_twin'],
        csharp: ['GetDigitalTwin', 'GetDigitalTwinAsync'],
        java: ['getDigitalTwin'],
      },
      dataActions: ['Microsoft.DigitalTwins/digitaltwins/read'],
    },
    {
      languages: {
        typescript: ['queryTwins'],
        python: ['query_twins'],
        csharp: ['Query', 'QueryAsync'],
        java: ['query'],
      },
      dataActions: ['Microsoft.DigitalTwins/query/action', 'Microsoft.DigitalTwins/digitaltwins/read'],
    },
    {
      languages: {
        typescript: ['upsertDigitalTwin', 'updateDigitalTwin'],
        python: ['upsert_digital_twin', 'update_digital_twin'],
        csharp: [
          'CreateOrReplaceDigitalTwin',
          'CreateOrReplaceDigitalTwinAsync',
          'UpdateDigitalTwin',
          'UpdateDigitalTwinAsync',
        ],
        java: ['createOrReplaceDigitalTwin', 'updateDigitalTwin'],
      },
      dataActions: ['Microsoft.DigitalTwins/digitaltwins/write'],
    },
    {
      languages: {
        typescript: ['createModels'],
        python: ['create_models'],
        csharp: ['CreateModels', 'CreateModelsAsync'],
        java: ['createModels'],
      },
      dataActions: ['Microsoft.DigitalTwins/models/write'],
    },
  ],
  roles: [
    {
      name: 'Azure Digital Twins Data Reader',
      id: 'd57506d4-4c8d-48b1-8587-93c323f6a5a3',
      grants: 'reads and queries twins and models',
    },
    {
      name: 'Azure Digital Twins Data Owner',
      id: 'bcd981a7-7f74-457b-83e1-cceb9e632ffe',
      grants: 'reads and writes twins, relationships and models',
    },
  ],
};
