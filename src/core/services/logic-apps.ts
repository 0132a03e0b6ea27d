import { base64url } from '../secrets/alphabets.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import type { CredentialFormat, Service } from './service.ts';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'logic-apps-callback-url',
    title: 'Logic Apps or Power Automate callback address',
    message:
      'The address of a workflow[ in {region}] is embedded here with the signature that lets anyone call it[ ({note})].',
    leak: 'Whoever reads it can start the workflow with any input; the signature does not expire.',
    remedy:
      'Require Microsoft Entra tokens with an authorization policy on the trigger, call it with a token from DefaultAzureCredential, and regenerate the access key.',
    severity: 'error',
    keywords: ['logic.azure.', 'powerplatform.com', 'azurewebsites', 'flow.microsoft.com'],
    patterns: [
      {
        hint: ['sig='],
        regex:
          /https:\/\/(?<host>[a-z0-9.-]{1,120}\.(?:logic\.azure\.(?:com|us|cn)|api\.powerplatform\.com|azurewebsites\.net))(?::443)?\/[^\s"'`<>?\uE022\uE027]{1,300}\?(?=[^\s"'`<>]{0,300}(?:sp=|api-version=))(?:[^\s"'`<>\uE022\uE027]{0,400}?[&;])?sig=(?<secret>[\w%-]{30,80})(?![\w%-])/dgiu,
        grade(match) {
          const { host = '' } = match.groups;
          if (isPlaceholder(match.secret) || isFiller(match.secret)) return undefined;
          if (/azurewebsites/iu.test(host) && !/\/triggers\//u.test(match.text.slice(match.span.start, match.span.end)))
            return undefined;
          return {
            severity: 'error',
            confidence: 'high',
            args: { region: /(?<![a-z0-9])([a-z0-9]+)\.logic\.azure/iu.exec(host)?.[1] },
          };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'json',
          text: s =>
            `{"url":"https://prod-01.westus.logic.azure.com:443/workflows/a4eb/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=«${s.characters(43, base64url)}»"}`,
        },
        {
          languageId: 'xml',
          text: s =>
            `<a href="https://prod-01.westus.logic.azure.com/workflows/a4eb/triggers/m/paths/invoke?sig=«${s.characters(43, base64url)}»&amp;sp=run&amp;sv=1.0" />`,
        },
        {
          languageId: 'plaintext',
          text: s =>
            `https://contoso.azurewebsites.net:443/api/wf/triggers/manual/invoke?api-version=2022-05-01&sp=x&sv=1.0&sig=«${s.characters(43, base64url)}»`,
        },
      ],
      silent: [
        {
          languageId: 'markdown',
          text: () => 'https://prod-01.westus.logic.azure.com/workflows/x?api-version=1&sig=<sig>',
          why: 'placeholder',
        },
        {
          languageId: 'json',
          text: () => '{"id":"https://management.azure.com/subscriptions/x/providers/Microsoft.Logic/workflows/a"}',
          why: 'a resource id',
        },
      ],
    },
  },
];

export const logicApps: Service = {
  id: 'logic-apps',
  name: 'Azure Logic Apps',
  documentation: 'https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app',
  credentials,
  settings: [],
  operations: [],
  roles: [
    {
      name: 'Logic App Operator',
      id: '515c2055-d9d4-4321-b1b9-bd0c9a0f79fe',
      grants: 'reads, enables and disables workflows',
    },
  ],
  clients: [],
};
