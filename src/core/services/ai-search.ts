import { assignmentOf } from '../secrets/assignment.ts';
import { hostNear } from '../secrets/connection-string-key.ts';
import { sixteenBytesInHex } from '../secrets/grading.ts';
import { identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { isFiller } from '../secrets/placeholder.ts';
import { aiSearchClients } from './clients/ai-search.ts';
import type { CredentialFormat, Service, TemplateExpression } from './service.ts';

const searchHost = /(?<![a-z0-9-])([a-z0-9-]+)\.search\.(?:windows\.net|azure\.us|azure\.cn)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'ai-search-key',
    title: 'Azure AI Search key',
    message: 'A key[, a {kind},] of Azure AI Search[ service {service}] is embedded here[ ({note})].',
    leak: 'Whoever reads a query key can search all indexes; an admin key can also change and delete them and read data source credentials.',
    remedy:
      'Connect with DefaultAzureCredential, grant Search Index Data Reader (or Contributor), regenerate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: [
      'AzSe',
      'search.windows.net',
      'azure_search',
      'azuresearch',
      'azure-search',
      'azure.search',
      'cognitivesearch',
      'searchclient',
      'search_service',
      'searchservice',
      'ai_search',
      'aisearch',
    ],
    patterns: [
      identifiableKeyPattern('search', match => ({ service: hostNear(match, searchHost) })),
      {
        hint: sixteenBytesInHex,
        regex: assignmentOf(
          '(?:(?<named>search|acs)[\\w.:-]{0,40}|(?<![A-Z0-9])(?:api|admin|query)[_-]?)key\\d?|(?:Azure|Api)?KeyCredential',
          '[a-f0-9]{32}',
        ),
        grade(match) {
          const hosted = match.mentions(searchHost);
          if (isFiller(match.secret) || /algolia|typesense|meili/iu.test(match.groups['name'] ?? '')) return undefined;
          const named = match.groups['named'] !== undefined;
          const azure = /azure[\w./]{0,12}search|cognitive[\s_-]?search/iu;
          if (!hosted && !(named && match.mentions(azure))) return undefined;
          // Beside other services' hosts a plain name could be theirs.
          if (
            !named &&
            (hostNear(match, searchHost, 250) === undefined ||
              match.mentions(/\.(?:openai|cognitiveservices)\.azure\./iu))
          )
            return undefined;
          return {
            severity: 'error',
            confidence: 'medium',
            args: { service: hostNear(match, searchHost) },
          };
        },
      },
    ],
    examples: {
      found: [
        { languageId: 'json', text: s => `{"SearchQueryApiKey": "«${s.identifiableKey('search')}»"}` },
        { languageId: 'dotenv', text: s => `AZURE_SEARCH_ADMIN_KEY=«${s.identifiableKey('search', 'PAdmin00')}»` },
        { languageId: 'dotenv', text: s => `AZURE_SEARCH_KEY="«${s.legacyHexKey().toUpperCase()}»"` },
        {
          languageId: 'typescript',
          text: s =>
            `new SearchClient("https://contoso.search.windows.net", "hotels", new AzureKeyCredential("«${s.legacyHexKey()}»"))`,
        },
        {
          languageId: 'xml',
          text: s =>
            `<add key="SearchEndpoint" value="https://contoso.search.windows.net" /><add key="SearchAdminKey" value="«${s.legacyHexKey()}»" />`,
        },
        {
          languageId: 'python',
          severity: 'warning',
          text: s => `key = "«${s.identifiableKey('search').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»"`,
        },
      ],
      silent: [
        { languageId: 'dotenv', text: () => 'AZURE_SEARCH_KEY="<search-key>"', why: 'placeholder' },
        {
          languageId: 'typescript',
          text: s => `algoliasearch("APPID", "${s.legacyHexKey()}") // ALGOLIA_SEARCH_KEY`,
          why: 'search-only key of another service, public by design',
        },
        {
          languageId: 'yaml',
          text: s => `endpoint: https://contoso.search.windows.net\netag: ${s.legacyHexKey()}`,
          why: 'not a key by its name',
        },
        { languageId: 'dotenv', text: () => `AZURE_SEARCH_KEY=${'0'.repeat(32)}`, why: 'filler' },
      ],
    },
  },
];

/** Neither the provider nor most versions of the resource tell the endpoint. */
function hostAs(write: (host: string) => string): TemplateExpression {
  return {
    public: write('search.windows.net'),
    usGovernment: write('search.azure.us'),
    china: write('search.azure.cn'),
  };
}

export const aiSearch: Service = {
  id: 'ai-search',
  name: 'Azure AI Search',
  documentation: 'https://learn.microsoft.com/azure/search/search-security-rbac',
  credentials,
  settings: [],
  template: {
    type: 'Microsoft.Search/searchServices',
    terraform: {
      types: ['azurerm_search_service'],
      secrets: ['primary_key', 'secondary_key', 'query_keys'],
    },
    endpoint: {
      bicep: hostAs(host => `'https://\${$.name}.${host}'`),
      arm: hostAs(host => `concat('https://', $name, '.${host}')`),
      terraform: hostAs(host => `"https://\${$.name}.${host}"`),
    },
    grants: ['8ebe5a00-799e-43f5-93ac-243d3dce84a7'],
  },
  sdk: { go: 'none' },
  prerequisites: [
    {
      kind: 'checkOtherUses',
      message:
        'Let the search service accept tokens first: it takes keys alone until role-based access is turned on (401 or 403 otherwise).',
      copyable:
        'az search service update --name <service> --resource-group <resource-group> --auth-options aadOrApiKey --aad-auth-failure-mode http403',
    },
  ],
  operations: [
    {
      languages: {
        typescript: ['search', 'autocomplete', 'suggest', 'getDocument', 'getDocumentsCount'],
        python: ['search', 'autocomplete', 'suggest', 'get_document', 'get_document_count'],
        csharp: [
          'Search',
          'SearchAsync',
          'Autocomplete',
          'AutocompleteAsync',
          'Suggest',
          'SuggestAsync',
          'GetDocument',
          'GetDocumentAsync',
          'GetDocumentCountAsync',
        ],
        java: ['search', 'autocomplete', 'suggest', 'getDocument', 'getDocumentCount'],
      },
      dataActions: ['Microsoft.Search/searchServices/indexes/documents/read'],
    },
    {
      languages: {
        typescript: [
          'indexDocuments',
          'uploadDocuments',
          'mergeDocuments',
          'mergeOrUploadDocuments',
          'deleteDocuments',
        ],
        python: [
          'index_documents',
          'upload_documents',
          'merge_documents',
          'merge_or_upload_documents',
          'delete_documents',
        ],
        csharp: [
          'IndexDocuments',
          'IndexDocumentsAsync',
          'UploadDocuments',
          'UploadDocumentsAsync',
          'MergeDocumentsAsync',
          'MergeOrUploadDocumentsAsync',
          'DeleteDocumentsAsync',
        ],
        java: ['indexDocuments', 'uploadDocuments', 'mergeDocuments', 'mergeOrUploadDocuments', 'deleteDocuments'],
      },
      dataActions: ['Microsoft.Search/searchServices/indexes/documents/write'],
    },
  ],
  roles: [
    { name: 'Search Index Data Reader', id: '1407120a-92aa-4202-b7e9-c0e197c71c8f', grants: 'queries indexes' },
    {
      name: 'Search Index Data Contributor',
      id: '8ebe5a00-799e-43f5-93ac-243d3dce84a7',
      grants: 'queries indexes and loads documents',
    },
    {
      name: 'Search Service Contributor',
      id: '7ca78c08-252a-4471-8644-bb5ff32d4ba0',
      grants: 'manages indexes, indexers and skillsets',
    },
  ],
  rotation: {
    command: 'az search admin-key renew --resource-group <resource-group> --service-name <name> --key-kind primary',
  },
  keysOff: {
    resourceType: 'Microsoft.Search/searchServices',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_search_service', property: 'local_authentication_enabled', value: false },
  },
  clients: aiSearchClients,
  cautions: [
    {
      languages: {
        typescript: [
          'createIndex',
          'createOrUpdateIndex',
          'deleteIndex',
          'createIndexer',
          'createDataSourceConnection',
        ],
        python: ['create_index', 'create_or_update_index', 'delete_index', 'create_indexer'],
        csharp: [
          'CreateIndex',
          'CreateIndexAsync',
          'CreateOrUpdateIndex',
          'CreateOrUpdateIndexAsync',
          'DeleteIndexAsync',
          'CreateIndexerAsync',
        ],
        java: ['createIndex', 'createOrUpdateIndex', 'deleteIndex', 'createIndexer'],
      },
      reason: 'Managing indexes and indexers needs the role "Search Service Contributor" as well.',
    },
  ],
};
