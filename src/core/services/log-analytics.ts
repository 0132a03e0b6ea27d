import { assignmentOf } from '../secrets/assignment.ts';
import { endOf64Bytes, isPlausibleLegacyKey } from '../secrets/grading.ts';
import type { CredentialFormat, Service } from './service.ts';

/** Settings of the agent, whose key is called nothing but `KEY`. */
const agent = /\bWSID\b|omsagent/u;
const evidence =
  /log[\s_-]?analytics|opinsights\.azure|workspace_?id|customer_?id|operationalinsights|omsagent|\bWSID\b/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'log-analytics-shared-key',
    title: 'Log Analytics workspace key',
    message: 'A shared key of a Log Analytics workspace is embedded here[ ({note})].',
    leak: 'Whoever reads it can send forged logs and connect machines to the workspace at your cost.',
    remedy:
      'Send logs with the Logs Ingestion API or the Azure Monitor agent, DefaultAzureCredential and Monitoring Metrics Publisher, regenerate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: [
      'workspace',
      'shared_key',
      'sharedkey',
      'loganalytics',
      'log_analytics',
      'omsagent',
      'opinsights',
      'wsid',
    ],
    patterns: [
      {
        hint: endOf64Bytes,
        regex: assignmentOf(
          '(?:(?:workspace|log_?analytics|\\boms|shared)[\\w.:-]{0,30}|(?<![\\w.-]))key',
          '[A-Z0-9+/]{86}==',
        ),
        grade: match =>
          isPlausibleLegacyKey(match.secret) &&
          !/storage|cosmos|batch|accountkey/iu.test(match.groups['name'] ?? '') &&
          (/workspace|log_?analytics|oms/iu.test(match.groups['name'] ?? '') ||
            match.mentions(/^key$/iu.test(match.groups['name'] ?? '') ? agent : evidence))
            ? { severity: 'error', confidence: 'medium' }
            : undefined,
      },
    ],
    examples: {
      found: [
        { languageId: 'json', text: s => `{"workspaceKey": "«${s.legacyKey64()}»"}` },
        {
          languageId: 'python',
          text: s => `customer_id = "7f0e1d2c-3b4a-4958-8675-a4b3c2d1e0f9"\nshared_key = "«${s.legacyKey64()}»"`,
        },
        { languageId: 'terraform', text: s => `log_analytics_primary_shared_key = "«${s.legacyKey64()}»"` },
      ],
      silent: [
        {
          languageId: 'json',
          text: () => '{"workspaceKey": "[listKeys(variables(\'id\'), \'2020-08-01\').primarySharedKey]"}',
          why: 'template expression',
        },
        {
          languageId: 'json',
          text: s => `{"workspace":"a","integrity":"sha512-${s.legacyKey64()}"}`,
          why: 'integrity hash',
        },
      ],
    },
  },
];

export const logAnalytics: Service = {
  id: 'log-analytics',
  name: 'Azure Monitor Logs',
  documentation: 'https://learn.microsoft.com/azure/azure-monitor/logs/logs-ingestion-api-overview',
  credentials,
  settings: [],
  operations: [],
  roles: [
    {
      name: 'Monitoring Metrics Publisher',
      id: '3913510d-42f4-4e42-8a64-420c390055eb',
      grants: 'sends logs and metrics',
    },
  ],
  keysOff: {
    resourceType: 'Microsoft.OperationalInsights/workspaces',
    property: 'features.disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_log_analytics_workspace', property: 'local_authentication_enabled', value: false },
  },
  clients: [],
};
