import { lowerAlphanumeric } from '../secrets/alphabets.ts';
import { assignmentOf } from '../secrets/assignment.ts';
import { isFiller } from '../secrets/placeholder.ts';
import { separated } from '../secrets/separated-words.ts';
import type { CredentialFormat, Service } from './service.ts';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'application-insights-api-key',
    title: 'Application Insights API key',
    message: 'An API key of Application Insights is embedded here[ ({note})].',
    leak: 'Whoever reads it can query the telemetry, requests with their addresses and users included, or write annotations.',
    remedy:
      'Query with a token from DefaultAzureCredential and Monitoring Reader or Log Analytics Reader, and delete the key.',
    severity: 'error',
    keywords: [
      'applicationinsights.io',
      'appinsights_api',
      'appinsights-api',
      'appinsights.api',
      'appinsights:api',
      'appinsights api',
      'appinsightsapi',
      'applicationinsights_api',
      'applicationinsights-api',
    ],
    patterns: [
      {
        begins: [
          ...['x-api-key', ...separated('api', 'key')],
          ...['app', 'application'].flatMap(app => [`${app}insights`, `${app}_insights`]),
        ],
        regex: assignmentOf('x-api-key|(?:app|application)_?insights[\\w.: -]{0,20}key|api[_.:-]?key', '[a-z0-9]{40}'),
        grade: match =>
          !isFiller(match.secret) &&
          /^[a-z0-9]+$/u.test(match.secret) &&
          /[g-z]/u.test(match.secret) &&
          (match.mentions(/api\.applicationinsights\.io/iu) || /insights/iu.test(match.groups['name'] ?? ''))
            ? { severity: 'error', confidence: 'medium' }
            : undefined,
      },
    ],
    examples: {
      found: [
        {
          languageId: 'shellscript',
          text: s =>
            `curl https://api.applicationinsights.io/v1/apps/x/query -H "x-api-key: «z${s.characters(39, lowerAlphanumeric)}»"`,
        },
        { languageId: 'dotenv', text: s => `APPINSIGHTS_API_KEY=«z${s.characters(39, lowerAlphanumeric)}»` },
      ],
      silent: [
        {
          languageId: 'json',
          text: () =>
            '{"APPLICATIONINSIGHTS_CONNECTION_STRING":"InstrumentationKey=a77d86c6-4e4e-4b3a-a0ed-06504742ae64;IngestionEndpoint=https://westus-0.in.applicationinsights.azure.com/;ApplicationId=0749893e-2e57-4d22-ac8a-f2c902af801c"}',
          why: 'says where telemetry goes and opens nothing: it is in every page that reports to it',
        },
        {
          languageId: 'dotenv',
          text: () => 'APPINSIGHTS_INSTRUMENTATIONKEY=a77d86c6-4e4e-4b3a-a0ed-06504742ae64',
          why: 'an instrumentation key is no secret',
        },
        {
          languageId: 'shellscript',
          text: () => 'curl https://api.applicationinsights.io/v1/apps/x/query -H "x-api-key: $KEY"',
          why: 'variable',
        },
      ],
    },
  },
];

export const applicationInsights: Service = {
  id: 'application-insights',
  name: 'Application Insights',
  documentation: 'https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication',
  credentials,
  settings: [],
  operations: [],
  roles: [
    { name: 'Monitoring Reader', id: '43d0d8ad-25c7-4714-9337-8ba259a9fe05', grants: 'reads monitoring data' },
    { name: 'Monitoring Metrics Publisher', id: '3913510d-42f4-4e42-8a64-420c390055eb', grants: 'sends telemetry' },
  ],
  keysOff: {
    resourceType: 'Microsoft.Insights/components',
    property: 'DisableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_application_insights', property: 'local_authentication_disabled', value: true },
  },
  clients: [],
};
