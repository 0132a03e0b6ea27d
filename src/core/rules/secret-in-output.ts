import { templateOffer, wholeLines } from '../templates/edit.ts';
import { expressionsIn } from '../formats/expression.ts';
import { listsKeys } from '../templates/forms.ts';
import { markSecure } from '../templates/mark-secure.ts';
import { mayBeTemplate, readTemplate, templateLanguages } from '../templates/read-template.ts';
import type { Template, TemplateOutput } from '../templates/template.ts';
import type { FollowUp } from '../rewrite/fix.ts';
import type { IdentityRule, RuleHead } from './rule.ts';

interface OutputSecret {
  readonly output: TemplateOutput;
  /** Whose key it is, when that is known. */
  readonly service?: string;
}

function secretOutputs(template: Template): OutputSecret[] {
  return template.outputs.flatMap(output => {
    if (output.secure) return [];
    const [use] = template.keysIn(output.value);
    if (use !== undefined) return [{ output, service: use.service.name }];
    const lists = [...expressionsIn(output.value)].some(one => one.kind === 'call' && listsKeys(one.name));
    return lists || template.takesSecretParameter(output.value) ? [{ output }] : [];
  });
}

export const head = {
  id: 'secret-in-output',
  severity: 'error',
  languages: templateLanguages,
  keywords: ['output ', '"outputs"'],
  concerns: mayBeTemplate,
} satisfies RuleHead;

export const secretInOutput: IdentityRule = {
  ...head,
  title: 'Secret in the output of a template',
  message: 'The output {name} hands out a secret[ of {service}].',
  leak: 'Outputs are kept in the deployment history or the state in clear text: everyone who may read deployments reads the secret, long after.',
  remedy:
    'Output the endpoint or the name instead and let the caller sign in with its identity. Where a secret must be handed on, write it to Key Vault in the template.',
  documentation:
    'https://learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-outputs-should-not-contain-secrets',
  find(document) {
    const template = readTemplate(document);
    return (template ? secretOutputs(template) : []).map(({ output: { name, nameSpan }, service }) => ({
      span: nameSpan,
      confidence: 'high',
      args: { name, service },
    }));
  },
  fixes(document, { span }) {
    const template = readTemplate(document);
    const found = template && secretOutputs(template).find(({ output }) => output.nameSpan.start === span.start);
    if (template === undefined || found === undefined) return Promise.resolve([]);
    const { output } = found;
    const rotate: FollowUp = {
      kind: 'rotateSecret',
      message: `Rotate the secret that ${output.name} handed out: it is readable in earlier deployments.`,
    };
    const marked = markSecure(template, 'output', output);
    const stillInState: FollowUp[] =
      template.language === 'terraform'
        ? [
            {
              kind: 'checkOtherUses',
              message: `${output.name} is hidden from now on, but the state file still holds it: give callers the endpoint and an identity instead.`,
            },
          ]
        : [];
    return Promise.resolve([
      templateOffer(
        document,
        { id: 'mark-secure', title: `Mark the output ${output.name} as secure`, isPreferred: true },
        'refusal' in marked ? marked : { edits: marked, followUps: [rotate, ...stillInState] },
      ),
      templateOffer(
        document,
        { id: 'remove-output', title: `Remove the output ${output.name}`, isPreferred: false },
        {
          edits: [{ span: removal(template, output), newText: '' }],
          followUps: [
            rotate,
            {
              kind: 'checkOtherUses',
              message: `Check that no pipeline or other template reads the output ${output.name}.`,
            },
          ],
        },
      ),
    ]);
  },
  examples: {
    found: [
      {
        languageId: 'bicep',
        text: () =>
          "resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {\n  name: 'st'\n}\noutput «key» string = storage.listKeys().keys[0].value\n",
      },
      {
        languageId: 'bicep',
        text: () => '@secure()\nparam adminPassword string\noutput «password» string = adminPassword\n',
      },
      {
        languageId: 'bicep',
        text: () =>
          "resource bus 'Microsoft.ServiceBus/namespaces@2022-10-01-preview' = {\n  name: 'sb'\n}\nvar rule = '${bus.id}/AuthorizationRules/RootManageSharedAccessKey'\nvar connection = listKeys(rule, bus.apiVersion).primaryConnectionString\noutput «bus» string = connection\n",
      },
      {
        languageId: 'json',
        text: () =>
          `{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "resources": [],\n  "outputs": {\n    «"key"»: { "type": "string", "value": "[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'st'), '2023-05-01').keys[0].value]" }\n  }\n}`,
      },
      {
        languageId: 'terraform',
        text: () => 'output "«connection»" {\n  value = azurerm_storage_account.main.primary_connection_string\n}\n',
      },
    ],
    silent: [
      {
        languageId: 'bicep',
        text: () =>
          "resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {\n  name: 'st'\n}\noutput endpoint string = storage.properties.primaryEndpoints.blob\n",
        why: 'an endpoint',
      },
      {
        languageId: 'bicep',
        text: () =>
          "resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {\n  name: 'st'\n}\n@secure()\noutput key string = storage.listKeys().keys[0].value\n",
        why: 'marked as secure',
      },
      {
        languageId: 'terraform',
        text: () =>
          'output "connection" {\n  value     = azurerm_storage_account.main.primary_connection_string\n  sensitive = true\n}\n',
        why: 'hidden from logs',
      },
      {
        languageId: 'terraform',
        text: () => 'output "insights" {\n  value = azurerm_application_insights.main.connection_string\n}\n',
        why: 'opens nothing that can be read',
      },
    ],
  },
  fixExamples: [
    {
      path: 'main.bicep',
      before: () =>
        "resource cosmos 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' existing = {\n  name: 'c'\n}\n// for the app\noutput «connection» string = cosmos.listConnectionStrings().connectionStrings[0].connectionString\n",
      after:
        "resource cosmos 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' existing = {\n  name: 'c'\n}\n// for the app\n@secure()\noutput connection string = cosmos.listConnectionStrings().connectionStrings[0].connectionString\n",
    },
    {
      path: 'azuredeploy.json',
      before: () =>
        `{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "parameters": { "adminPassword": { "type": "securestring" } },\n  "outputs": {\n    «"password"»: { "type": "string", "value": "[parameters('adminPassword')]" }\n  }\n}\n`,
      after: `{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "parameters": { "adminPassword": { "type": "securestring" } },\n  "outputs": {\n    "password": { "type": "securestring", "value": "[parameters('adminPassword')]" }\n  }\n}\n`,
    },
    {
      path: 'outputs.tf',
      before: () =>
        'output "«bus»" {\n  description = "Connection"\n  value       = azurerm_servicebus_namespace.main.default_primary_connection_string\n}\n',
      after:
        'output "bus" {\n  description = "Connection"\n  value       = azurerm_servicebus_namespace.main.default_primary_connection_string\n  sensitive   = true\n}\n',
    },
  ],
};

/** The output with its line; in JSON with the comma that separates it from its neighbour. */
function removal({ language, text }: Template, { span }: TemplateOutput): { start: number; end: number } {
  if (language !== 'arm') return wholeLines(text, span);
  const after = /^\s*,/u.exec(text.slice(span.end))?.[0].length;
  if (after !== undefined)
    return { start: span.start, end: span.end + after + (/^\s*/u.exec(text.slice(span.end + after))?.[0].length ?? 0) };
  const before = /,?\s*$/u.exec(text.slice(0, span.start))?.[0] ?? '';
  return { start: span.start - (before.startsWith(',') ? before.length : 0), end: span.end };
}
