import { propertyOf, objectAt } from '../formats/expression.ts';
import { attributeOf } from '../formats/hcl.ts';
import type { ArmResource } from '../templates/arm.ts';
import type { BicepResource } from '../templates/bicep.ts';
import { templateOffer } from '../templates/edit.ts';
import { mayBeTemplate, readTemplate, templateLanguages } from '../templates/read-template.ts';
import type { Template } from '../templates/template.ts';
import type { TerraformResource } from '../templates/terraform.ts';
import type { Span } from '../text/text-edit.ts';
import type { IdentityRule, RuleHead } from './rule.ts';

interface AdminUser {
  readonly span: Span;
  readonly valueSpan: Span;
}

/** Where a registry says in so many words that its admin user is on. */
function adminUsers({ language, resources }: Template): AdminUser[] {
  return resources.flatMap(resource => {
    if (language === 'terraform') {
      const found = attributeOf((resource as TerraformResource).block.body, 'admin_enabled');
      const on =
        resource.type === 'azurerm_container_registry' && found?.value.kind === 'literal' && found.value.value === true;
      return on ? [{ span: found.span, valueSpan: found.value.span }] : [];
    }
    if (resource.type !== 'microsoft.containerregistry/registries') return [];
    const body = language === 'bicep' ? (resource as BicepResource).declaration.body : (resource as ArmResource).body;
    const properties = body && objectAt(body, 'properties');
    const found = properties && propertyOf(properties, 'adminUserEnabled');
    const on = found?.value.kind === 'literal' && found.value.value === true;
    return on ? [{ span: found.span, valueSpan: found.value.span }] : [];
  });
}

export const head = {
  id: 'registry-admin-user',
  severity: 'warning',
  languages: templateLanguages,
  keywords: ['adminuserenabled', 'admin_enabled'],
  concerns: mayBeTemplate,
} satisfies RuleHead;

export const registryAdminUser: IdentityRule = {
  ...head,
  title: 'Admin user of a container registry',
  message: 'The admin user of this container registry is on.',
  leak: 'It is one account for all, with a password that never ends and the right to push: whoever has it replaces the images that run.',
  remedy: 'Turn it off; apps pull with their identity and the role AcrPull, pipelines push with theirs and AcrPush.',
  documentation: 'https://learn.microsoft.com/azure/container-registry/container-registry-authentication',
  find(document) {
    const template = readTemplate(document);
    return (template ? adminUsers(template) : []).map(({ span }) => ({ span, confidence: 'high' }));
  },
  fixes(document, { span }) {
    const template = readTemplate(document);
    const found = template && adminUsers(template).find(one => one.span.start === span.start);
    if (found === undefined) return Promise.resolve([]);
    const uses = /listCredentials\(|\.admin_(?:password|username)\b/iu.test(document.text);
    const offer = { id: 'turn-off', title: 'Turn the admin user off', isPreferred: true };
    if (uses) {
      return Promise.resolve([
        templateOffer(document, offer, {
          refusal:
            'This file still hands out the password of the admin user. Let that app pull with its identity first: acrUseManagedIdentityCreds or container_registry_use_managed_identity, and the role AcrPull.',
        }),
      ]);
    }
    return Promise.resolve([
      templateOffer(document, offer, {
        edits: [{ span: found.valueSpan, newText: 'false' }],
        followUps: [
          {
            kind: 'checkOtherUses',
            message:
              'Whoever still signs in to the registry as its admin user fails from now on: pipelines take az acr login and AcrPush, apps their identity and AcrPull.',
            copyable:
              'az role assignment create --role AcrPull --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope <registry-id>',
          },
        ],
      }),
    ]);
  },
  examples: {
    found: [
      {
        languageId: 'bicep',
        text: () =>
          "resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {\n  name: 'r'\n  properties: {\n    «adminUserEnabled: true»\n  }\n}\n",
      },
      {
        languageId: 'json',
        text: () =>
          '{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "resources": [ { "type": "Microsoft.ContainerRegistry/registries", "name": "r", "properties": { «"adminUserEnabled": true» } } ]\n}',
      },
      {
        languageId: 'terraform',
        text: () =>
          'resource "azurerm_container_registry" "main" {\n  name          = "r"\n  «admin_enabled = true»\n}\n',
      },
    ],
    silent: [
      {
        languageId: 'bicep',
        text: () =>
          "param admin bool\nresource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {\n  name: 'r'\n  properties: { adminUserEnabled: admin }\n}\n",
        why: 'not known here',
      },
      {
        languageId: 'terraform',
        text: () => 'resource "azurerm_container_registry" "main" {\n  admin_enabled = false\n}\n',
        why: 'off',
      },
      {
        languageId: 'terraform',
        text: () => 'resource "grafana_organization" "main" {\n  admin_enabled = true\n}\n',
        why: 'another resource',
      },
    ],
  },
  fixExamples: [
    {
      path: 'registry.bicep',
      before: () =>
        "resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {\n  name: 'r'\n  sku: { name: 'Basic' }\n  properties: {\n    «adminUserEnabled: true» // for the first deployment\n  }\n}\n",
      after:
        "resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {\n  name: 'r'\n  sku: { name: 'Basic' }\n  properties: {\n    adminUserEnabled: false // for the first deployment\n  }\n}\n",
    },
    {
      path: 'registry.tf',
      before: () =>
        'resource "azurerm_container_registry" "main" {\n  name          = "r"\n  «admin_enabled = true»\n}\n',
      after: 'resource "azurerm_container_registry" "main" {\n  name          = "r"\n  admin_enabled = false\n}\n',
    },
    {
      path: 'used.tf',
      before: () =>
        'resource "azurerm_container_registry" "main" {\n  «admin_enabled = true»\n}\nlocals {\n  password = azurerm_container_registry.main.admin_password\n}\n',
      after: { refusal: /pull with its identity/u },
    },
  ],
};
