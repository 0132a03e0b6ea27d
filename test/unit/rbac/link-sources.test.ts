import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundName, linkSourceFiles, matchesFound } from '../../../src/core/rbac/found-app.ts';
import { findApps } from '../../../src/core/rbac/link-sources.ts';

const subscription = '00000000-0000-4000-8000-00000000000a';
const shop = `/subscriptions/${subscription}/resourceGroups/rg-shop/providers/Microsoft.Web/sites/shop-api`;

describe('deployment targets', () => {
  it.each([
    [
      'azure.yaml',
      'name: shop\nservices:\n  api: { project: ./src, host: appservice }\n  jobs:\n    host: function\n    resourceName: shop-jobs\n  db: { host: containerapp }\n',
      [
        { source: 'azure.yaml', azd: { service: 'api' } },
        { source: 'azure.yaml', name: 'shop-jobs', azd: { service: 'jobs' } },
      ],
    ],
    [
      '.azure/dev/.env',
      `AZURE_ENV_NAME="dev"\nAZURE_SUBSCRIPTION_ID="${subscription}"\nAZURE_RESOURCE_GROUP='rg-shop-dev'\n`,
      [
        {
          source: 'azd environment',
          subscriptionId: subscription,
          resourceGroup: 'rg-shop-dev',
          azd: { environment: 'dev' },
        },
      ],
    ],
    [
      '.azure/config',
      '[defaults]\ngroup = rg-shop\nsku = B1\nweb = shop-api\n',
      [{ source: 'az webapp up', name: 'shop-api', resourceGroup: 'rg-shop' }],
    ],
    [
      'src/Properties/PublishProfiles/shop.pubxml',
      `<Project><PropertyGroup><PublishProvider>AzureWebSite</PublishProvider>\n<ResourceId>${shop}</ResourceId></PropertyGroup></Project>`,
      [{ source: 'publish profile', resourceId: shop }],
    ],
    [
      'old.pubxml',
      '<Project><PropertyGroup><PublishProvider>AzureWebSite</PublishProvider><DeployIisAppPath>shop-api__staging</DeployIisAppPath></PropertyGroup></Project>',
      [{ source: 'publish profile', name: 'shop-api', slot: 'staging' }],
    ],
    [
      '.github/workflows/deploy.yml',
      `on: push\njobs:\n  go:\n    steps:\n      - uses: azure/login@v2\n        with: { subscription-id: ${subscription} }\n      - uses: azure/webapps-deploy@v3\n        with:\n          app-name: shop-api\n          slot-name: staging\n      - uses: azure/webapps-deploy@v3\n        with: { app-name: shop-api, slot-name: Production }\n      - uses: azure/webapps-deploy@v3\n        with: { app-name: '\${{ vars.APP }}' }\n`,
      [
        { source: 'GitHub workflow', name: 'shop-api', slot: 'staging', subscriptionId: subscription },
        { source: 'GitHub workflow', name: 'shop-api', subscriptionId: subscription },
      ],
    ],
    [
      'azure-pipelines.yml',
      'steps:\n- task: AzureWebApp@1\n  inputs:\n    appName: shop-api\n    deployToSlotOrASE: true\n    resourceGroupName: rg-shop\n    slotName: staging\n- task: AzureFunctionApp@2\n  inputs: { appName: $(app) }\n- task: Npm@1\n  inputs: { appName: x }\n',
      [{ source: 'Azure Pipeline', name: 'shop-api', slot: 'staging', resourceGroup: 'rg-shop' }],
    ],
    [
      'infra/main.bicep',
      "resource web 'Microsoft.Web/sites@2024-04-01' = {\n  name: 'shop-api'\n  location: location\n}\nresource other 'Microsoft.Web/sites@2024-04-01' = {\n  name: '${prefix}-api'\n}\n",
      [{ source: 'Bicep', name: 'shop-api', hint: true }],
    ],
    [
      'main.tf',
      'resource "azurerm_linux_web_app" "api" {\n  name = "shop-api"\n  resource_group_name = "rg-shop"\n}\nresource "azurerm_linux_web_app" "b" {\n  name = var.name\n}\n',
      [{ source: 'Terraform', name: 'shop-api', resourceGroup: 'rg-shop', hint: true }],
    ],
    ['package.json', '{"app-name":"shop-api"}', []],
  ])('of %s', (path, text, expected) => {
    expect(findApps(path, text)).toEqual(expected.map(app => ({ ...app, path })));
    expect(findApps(path.replaceAll('/', '\\'), text)).toHaveLength(expected.length);
  });

  it('of broken files are none, and nothing throws', () => {
    const paths = linkSourceFiles.map(pattern =>
      pattern.replace('**/', '').replace('{yaml,yml}', 'yml').replace('*/', 'dev/').replace('*', 'x'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.string({ unit: 'binary', maxLength: 200 }), (path, text) => {
        for (const app of findApps(path, text)) expect(foundName(app)).not.toBe('');
      }),
      { numRuns: 500 },
    );
    const yaml = fc.stringMatching(/^[a-z:\-{}[\]&*!|> \n'"]{0,80}$/);
    fc.assert(
      fc.property(yaml, text => void findApps('.github/workflows/x.yml', `jobs:\n${text}`)),
      { numRuns: 500 },
    );
  });
});

describe('a found app', () => {
  const found = (path: string, text: string): ReturnType<typeof findApps>[number] => findApps(path, text)[0]!;

  it('is looked up by name, slot, group and subscription', () => {
    const up = found('.azure/config', 'web = Shop-API\ngroup = RG-SHOP\n');
    expect(matchesFound(up, { id: shop })).toBe(true);
    expect(matchesFound(up, { id: `${shop}/slots/staging` })).toBe(false);
    expect(matchesFound(up, { id: shop.replace('rg-shop', 'rg-other') })).toBe(false);
    expect(matchesFound(up, { id: 'nonsense' })).toBe(false);
    expect(foundName(up)).toBe('Shop-API');
  });

  it('of azd is looked up by its tags', () => {
    const api = found('azure.yaml', 'services: { api: { host: appservice } }');
    expect(matchesFound(api, { id: shop, tags: { 'azd-service-name': 'api' } })).toBe(true);
    expect(matchesFound(api, { id: shop, tags: { 'azd-service-name': 'web' } })).toBe(false);
    expect(matchesFound(api, { id: shop })).toBe(false);
    const dev = found('.azure/dev/.env', `AZURE_ENV_NAME=dev\nAZURE_SUBSCRIPTION_ID=${subscription}\n`);
    expect(matchesFound(dev, { id: shop, tags: { 'azd-service-name': 'api', 'azd-env-name': 'dev' } })).toBe(true);
    expect(matchesFound(dev, { id: shop, tags: { 'azd-service-name': 'api', 'azd-env-name': 'prod' } })).toBe(false);
    expect(foundName(dev)).toBe('apps of dev');
  });
});
