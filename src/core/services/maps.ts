import { base64url } from '../secrets/alphabets.ts';
import { assignmentOf } from '../secrets/assignment.ts';
import { annotatedKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { longRun } from '../secrets/long-runs.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import { mapsClients } from './clients/maps.ts';
import type { CredentialFormat, CredentialMatch, Grade, Service } from './service.ts';

function gradeKey(match: CredentialMatch): Grade | undefined {
  return isPlaceholder(match.secret) || isFiller(match.secret) || !/\d/u.test(match.secret)
    ? undefined
    : { severity: 'error', confidence: 'medium' };
}

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'maps-key',
    title: 'Azure Maps key',
    message: 'An Azure Maps key is embedded here[ ({note})].',
    leak: 'Whoever reads it can use every Azure Maps API of the account at your cost.',
    remedy:
      'Use DefaultAzureCredential with Azure Maps Search and Render Data Reader (in browsers a token from your own back end), regenerate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: [
      'JQQJ9',
      'atlas.microsoft.com',
      'atlas.azure.us',
      'azure_maps',
      'azuremaps',
      'azure maps',
      'azure-maps',
      'maps_key',
      'mapskey',
      'maps_subscription',
    ],
    patterns: [
      annotatedKeyPattern('AZMP'),
      {
        begins: ['atlas.microsoft.com', 'atlas.azure.us'],
        regex:
          /atlas\.(?:microsoft\.com|azure\.us)\/[^\s"'`<>\uE022\uE027]{0,300}[?&]subscription-key=(?<secret>[\w-]{43})(?![\w=-])/dgiu,
        grade: gradeKey,
      },
      {
        hint: longRun(base64url, 43),
        regex: assignmentOf('maps?[\\w.:-]{0,30}key|subscription[_-]?key', '[A-Z0-9_-]{43}'),
        grade: match =>
          match.mentions(/atlas\.microsoft\.com|azure[\s_.-]?maps/iu) && match.secret !== match.secret.toLowerCase()
            ? gradeKey(match)
            : undefined,
      },
    ],
    examples: {
      found: [
        { languageId: 'typescript', text: s => `new AzureKeyCredential("«${s.annotatedKey('AZMP')}»")` },
        {
          languageId: 'html',
          text: s =>
            `<img src="https://atlas.microsoft.com/map/tile?api-version=2.1&subscription-key=«${s.characters(42, base64url)}7»">`,
        },
        { languageId: 'dotenv', text: s => `AZURE_MAPS_KEY=«${s.characters(41, base64url)}7Q»` },
        {
          languageId: 'typescript',
          text: s =>
            `// Azure Maps\nconst o = { authType: 'subscriptionKey', subscriptionKey: '«${s.characters(41, base64url)}7Q»' };`,
        },
        {
          languageId: 'dotenv',
          severity: 'warning',
          text: s => `K=«${s.annotatedKey('AZMP').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»`,
        },
      ],
      silent: [
        {
          languageId: 'html',
          text: () => '<img src="https://atlas.microsoft.com/map/tile?subscription-key={key}">',
          why: 'placeholder',
        },
        {
          languageId: 'typescript',
          text: () =>
            '// atlas.microsoft.com\nconst subscriptionKey = getSubscriptionKeyFromTheServerOfThisApplication();',
          why: 'a call',
        },
        {
          languageId: 'dotenv',
          text: s => `GOOGLE_MAPS_KEY=${s.characters(43, base64url)}`,
          why: 'maps of somebody else',
        },
      ],
    },
  },
];

export const maps: Service = {
  id: 'maps',
  name: 'Azure Maps',
  documentation: 'https://learn.microsoft.com/azure/azure-maps/azure-maps-authentication',
  credentials,
  settings: [],
  template: {
    type: 'Microsoft.Maps/accounts',
    terraform: {
      types: ['azurerm_maps_account'],
      secrets: ['primary_access_key', 'secondary_access_key'],
    },
    grants: ['423170ca-a8f6-4b0f-8487-9e4eb8f49bfa'],
  },
  sdk: { go: 'none' },
  operations: [
    {
      languages: {
        python: ['get_geocoding', 'get_reverse_geocoding', 'fuzzy_search', 'search_address'],
        csharp: ['GetGeocoding', 'GetGeocodingAsync', 'GetReverseGeocodingAsync'],
        java: ['getGeocoding', 'getReverseGeocoding'],
      },
      dataActions: ['Microsoft.Maps/accounts/services/search/read'],
    },
    {
      languages: {
        python: ['get_map_tile', 'get_map_static_image'],
        csharp: ['GetMapTile', 'GetMapTileAsync', 'GetMapStaticImageAsync'],
        java: ['getMapTile', 'getMapStaticImage'],
      },
      dataActions: ['Microsoft.Maps/accounts/services/render/read'],
    },
  ],
  roles: [
    {
      name: 'Azure Maps Search and Render Data Reader',
      id: '6be48352-4f82-47c9-ad5e-0acacefdb005',
      grants: 'searches and renders maps',
    },
    { name: 'Azure Maps Data Reader', id: '423170ca-a8f6-4b0f-8487-9e4eb8f49bfa', grants: 'reads all map data' },
  ],
  rotation: {
    command: 'az maps account keys renew --resource-group <resource-group> --name <name> --key primary',
  },
  keysOff: {
    resourceType: 'Microsoft.Maps/accounts',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_maps_account', property: 'local_authentication_enabled', value: false },
  },
  clients: mapsClients,
};
