import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import type { CredentialFormat, Service } from './service.ts';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'automation-webhook',
    title: 'Azure Automation webhook',
    message: 'The webhook of an Azure Automation runbook is embedded here[ ({note})].',
    leak: 'Whoever reads it can start the runbook, which often runs with wide permissions, with any input.',
    remedy:
      'Start the runbook through Azure Resource Manager with DefaultAzureCredential and Automation Job Operator, delete the webhook, or keep its address in Key Vault.',
    severity: 'error',
    keywords: ['azure-automation'],
    patterns: [
      {
        regex:
          /https:\/\/[\w.-]{1,120}\.azure-automation\.(?:net|us|cn)\/webhooks\?token=(?<secret>[\w%+/-]{30,120}={0,2})(?![\w%+/=-])/dgiu,
        grade: match =>
          isPlaceholder(match.secret) || isFiller(match.secret) ? undefined : { severity: 'error', confidence: 'high' },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'powershell',
          text: s => `$uri = "https://abc.webhook.eus.azure-automation.net/webhooks?token=«${s.sasSignature()}»"`,
        },
      ],
      silent: [
        {
          languageId: 'powershell',
          text: () => '$uri = "https://abc.webhook.eus.azure-automation.net/webhooks?token=<token>"',
          why: 'placeholder',
        },
        {
          languageId: 'powershell',
          text: () => '$uri = "https://abc.webhook.eus.azure-automation.net/webhooks?token=$env:HOOK_TOKEN"',
          why: 'variable',
        },
      ],
    },
  },
];

export const automation: Service = {
  id: 'automation',
  name: 'Azure Automation',
  documentation: 'https://learn.microsoft.com/azure/automation/automation-security-overview',
  credentials,
  settings: [],
  operations: [],
  roles: [
    { name: 'Automation Job Operator', id: '4fe576fe-1146-4730-92eb-48519fa6bf9f', grants: 'starts and stops jobs' },
  ],
  keysOff: {
    resourceType: 'Microsoft.Automation/automationAccounts',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_automation_account', property: 'local_authentication_enabled', value: false },
  },
  clients: [],
};
