import { constantText } from '../formats/expression.ts';
import { kindOfName, wordsOf } from '../secrets/generic/names.ts';
import { templateOffer } from '../templates/edit.ts';
import { markSecure } from '../templates/mark-secure.ts';
import { mayBeTemplate, readTemplate, templateLanguages } from '../templates/read-template.ts';
import type { TemplateParameter } from '../templates/template.ts';
import type { IdentityRule, RuleHead } from './rule.ts';

function holdsSecret({ name, secure, textual, defaultValue }: TemplateParameter): boolean {
  if (secure || !textual) return false;
  // A value that is written here is an embedded secret, or shows that it is none.
  if (constantText(defaultValue)) return false;
  const kind = kindOfName(name);
  return kind === 'password' || kind === 'key' || /connection_?string$/iu.test(name);
}

/** Texts whose names end so, but which people choose freely and show to anybody. */
function isHarmless({ name }: TemplateParameter): boolean {
  const words = wordsOf(name);
  return words.includes('public') || words.includes('instrumentation') || /app(?:lication)?_?insights/iu.test(name);
}

export const head = {
  id: 'secure-parameter-missing',
  severity: 'warning',
  languages: templateLanguages,
  keywords: ['param ', '"parameters"', 'variable "'],
  concerns: mayBeTemplate,
} satisfies RuleHead;

export const secureParameterMissing: IdentityRule = {
  ...head,
  title: 'Secret parameter that is not marked secure',
  message: 'The parameter {name} takes a secret and is not marked secure.',
  leak: 'Its value is kept in the deployment history, in the state or in logs, where everyone with read access sees it.',
  remedy:
    'Mark it with @secure(), "securestring" or sensitive = true, and hand its value over from Key Vault; better, let the resource use an identity, so that there is no secret to hand over.',
  documentation:
    'https://learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-secure-secrets-in-parameters',
  find(document) {
    const template = readTemplate(document);
    return (template?.parameters ?? [])
      .filter(parameter => holdsSecret(parameter) && !isHarmless(parameter))
      .map(({ name, nameSpan }) => ({ span: nameSpan, confidence: 'high', args: { name } }));
  },
  fixes(document, { span }) {
    const template = readTemplate(document);
    const parameter = template?.parameters.find(({ nameSpan }) => nameSpan.start === span.start);
    if (template === undefined || parameter === undefined) return Promise.resolve([]);
    const edits = markSecure(template, 'parameter', parameter);
    const change = 'refusal' in edits ? edits : { edits, followUps: [] };
    const offer = { id: 'mark-secure', title: `Mark ${parameter.name} as secure`, isPreferred: true };
    return Promise.resolve([templateOffer(document, offer, change)]);
  },
  examples: {
    found: [
      { languageId: 'bicep', text: () => 'param location string\nparam «adminPassword» string\n' },
      { languageId: 'bicep', text: () => "@description('For SQL')\nparam «sqlConnectionString» string = ''\n" },
      {
        languageId: 'json',
        text: () =>
          '{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "parameters": { «"clientSecret"»: { "type": "string" } }\n}',
      },
      { languageId: 'terraform', text: () => 'variable "«db_password»" {\n  type = string\n}\n' },
      { languageId: 'terraform', text: () => 'variable "«api_key»" {}\n' },
    ],
    silent: [
      { languageId: 'bicep', text: () => '@secure()\nparam adminPassword string\n', why: 'marked' },
      {
        languageId: 'bicep',
        text: () => 'param secretName string\nparam sshPublicKey string\n',
        why: 'a name, a public key',
      },
      {
        languageId: 'bicep',
        text: () => "param authSecretName string\nparam accessToken string = 'none'\n",
        why: 'the default says that it is none',
      },
      { languageId: 'bicep', text: () => 'param usePassword bool\nparam passwords array\n', why: 'no text' },
      {
        languageId: 'json',
        text: () => '{ "parameters": { "clientSecret": { "type": "string" } } }',
        why: 'JSON of another kind',
      },
      {
        languageId: 'terraform',
        text: () => 'variable "db_password" {\n  type      = string\n  sensitive = true\n}\n',
        why: 'marked',
      },
      { languageId: 'terraform', text: () => 'variable "key_vault_name" {}\n', why: 'a name' },
    ],
  },
  fixExamples: [
    {
      path: 'main.bicep',
      before: () =>
        "param location string\n@description('Of the server') // once\nparam «adminPassword» string // never stored\n",
      after:
        "param location string\n@description('Of the server') // once\n@secure()\nparam adminPassword string // never stored\n",
    },
    {
      path: 'azuredeploy.json',
      before: () =>
        '{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "parameters": {\n    «"clientSecret"»: {\n      "type": "String",\n      "minLength": 8\n    }\n  }\n}\n',
      after:
        '{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "parameters": {\n    "clientSecret": {\n      "type": "securestring",\n      "minLength": 8\n    }\n  }\n}\n',
    },
    {
      path: 'variables.tf',
      before: () =>
        'variable "«db_password»" {\n  type        = string\n  description = "For the app" # not for people\n}\n',
      after:
        'variable "db_password" {\n  type        = string\n  description = "For the app" # not for people\n  sensitive   = true\n}\n',
    },
    {
      path: 'variables.tf',
      before: () => 'variable "«api_key»" {}\nvariable "region" {}\n',
      after: 'variable "api_key" {\n  sensitive = true\n}\nvariable "region" {}\n',
    },
    {
      path: 'variables.tf',
      before: () => 'variable "«api_key»" { type = string }\n',
      after: 'variable "api_key" {\n  type = string\n  sensitive = true\n}\n',
    },
    {
      path: 'variables.tf',
      before: () => 'variable "«api_key»" {\n  sensitive = false\n}\n',
      after: 'variable "api_key" {\n  sensitive = true\n}\n',
    },
  ],
};
