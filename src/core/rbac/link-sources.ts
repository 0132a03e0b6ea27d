import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, visit, type YAMLMap } from 'yaml';
import type { FoundApp, LinkSource } from './found-app.ts';
import { parseSiteId } from './resource-id.ts';

/** The apps that a file deploys to; none for a file that is broken or of another kind. */
export function findApps(path: string, text: string): readonly FoundApp[] {
  const file = path.replaceAll('\\', '/');
  if (/(?:^|\/)azure\.ya?ml$/.test(file)) return fromAzureYaml(path, text);
  if (/(?:^|\/)\.azure\/[^/]+\/\.env$/.test(file)) return fromAzdEnvironment(path, text);
  if (/(?:^|\/)\.azure\/config$/.test(file)) return fromWebappUp(path, text);
  if (/\.pubxml$/i.test(file)) return fromPublishProfile(path, text);
  if (/(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(file)) return fromWorkflow(path, text);
  if (/azure-pipelines[^/]*\.ya?ml$|\.azure-pipelines\/[^/]+\.ya?ml$/.test(file)) return fromPipeline(path, text);
  if (/\.bicep$/.test(file)) return fromBicep(path, text);
  if (/\.tf$/.test(file)) return fromTerraform(path, text);
  return [];
}

/** A name that is written out: no expression, no variable. */
function literal(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return /^[a-z0-9](?:[\w.()-]*[a-z0-9])?$/i.test(text) ? text : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function without<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}

function unique(apps: readonly FoundApp[]): FoundApp[] {
  return [...new Map(apps.map(app => [JSON.stringify({ ...app, path: '' }).toLowerCase(), app])).values()];
}

/** Every map of all documents, whatever is broken elsewhere in the file. */
function mapsOf(text: string): YAMLMap[] {
  const maps: YAMLMap[] = [];
  let documents;
  try {
    documents = parseAllDocuments(text, { logLevel: 'silent', strict: false });
  } catch {
    return [];
  }
  if (!Array.isArray(documents)) return [];
  for (const document of documents) visit(document, { Map: (_, map) => void maps.push(map) });
  return maps;
}

/** The plain value under a key; aliases are left alone. */
function valueOf(map: YAMLMap, ...keys: readonly string[]): unknown {
  for (const key of keys) {
    const pair = map.items.find(
      ({ key: name }) => isScalar(name) && String(name.value).toLowerCase() === key.toLowerCase(),
    );
    const value = pair?.value;
    if (isScalar(value)) return typeof value.value === 'number' ? String(value.value) : value.value;
    if (isMap(value) || isSeq(value)) return value;
    if (isAlias(value)) return undefined;
  }
  return undefined;
}

function fromAzureYaml(path: string, text: string): FoundApp[] {
  const [root] = mapsOf(text);
  const services = root && valueOf(root, 'services');
  if (!isMap(services)) return [];
  const group = literal(valueOf(root ?? services, 'resourceGroup'));
  return services.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !isMap(value)) return [];
    if (!/^(?:appservice|function)$/i.test(textOf(valueOf(value, 'host')))) return [];
    return [
      without({
        source: 'azure.yaml' as const,
        path,
        name: literal(valueOf(value, 'resourceName')),
        resourceGroup: literal(valueOf(value, 'resourceGroup')) ?? group,
        azd: { service: String(key.value) },
      }),
    ];
  });
}

/** Names and values of `NAME=value` lines. */
function linesOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const equals = line.indexOf('=');
    if (equals < 0) continue;
    const name = line
      .slice(0, equals)
      .trim()
      .replace(/^export\s+/, '');
    const value = line.slice(equals + 1).trim();
    values.set(name, value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return values;
}

function fromAzdEnvironment(path: string, text: string): FoundApp[] {
  const values = linesOf(text);
  const environment = literal(values.get('AZURE_ENV_NAME'));
  const subscriptionId = values.get('AZURE_SUBSCRIPTION_ID');
  const resourceGroup = literal(values.get('AZURE_RESOURCE_GROUP') ?? values.get('AZURE_RESOURCE_GROUP_NAME'));
  if (environment === undefined || subscriptionId === undefined || !guid.test(subscriptionId)) return [];
  const named = [...values].flatMap(([, value]) => (parseSiteId(value) ? [value] : []));
  if (named.length > 0)
    return named.map(resourceId => ({ source: 'azd environment', path, resourceId, azd: { environment } }));
  return [
    without({
      source: 'azd environment' as const,
      path,
      subscriptionId,
      resourceGroup,
      azd: { environment },
    }),
  ];
}

function fromWebappUp(path: string, text: string): FoundApp[] {
  const values = linesOf(text);
  const name = literal(values.get('web'));
  if (name === undefined) return [];
  return [without({ source: 'az webapp up' as const, path, name, resourceGroup: literal(values.get('group')) })];
}

function fromPublishProfile(path: string, text: string): FoundApp[] {
  const element = (name: string): string | undefined =>
    new RegExp(`<${name}>\\s*([^<]{1,500}?)\\s*</${name}>`, 'i').exec(text)?.[1];
  const resourceId = element('ResourceId');
  if (resourceId !== undefined && parseSiteId(resourceId)) return [{ source: 'publish profile', path, resourceId }];
  if (!/AzureWebSite/i.test(element('PublishProvider') ?? '')) return [];
  const name = literal(element('DeployIisAppPath')?.split('__')[0]);
  const slot = literal(element('DeployIisAppPath')?.split('__')[1]);
  if (name === undefined) return [];
  return [
    without({
      source: 'publish profile' as const,
      path,
      name,
      slot,
      resourceGroup: literal(element('ResourceGroup')),
    }),
  ];
}

function fromWorkflow(path: string, text: string): FoundApp[] {
  const maps = mapsOf(text);
  const subscriptions = new Set(
    maps.flatMap(step => {
      const inputs = valueOf(step, 'with');
      const subscription = isMap(inputs) ? valueOf(inputs, 'subscription-id') : undefined;
      return typeof subscription === 'string' && guid.test(subscription) ? [subscription] : [];
    }),
  );
  const [subscriptionId] = subscriptions.size === 1 ? subscriptions : [];
  const apps = maps.flatMap(step => {
    const uses = valueOf(step, 'uses');
    const inputs = valueOf(step, 'with');
    if (
      typeof uses !== 'string' ||
      !/^azure\/(?:webapps-deploy|functions-action|functions-container-action)@/i.test(uses)
    )
      return [];
    const name = isMap(inputs) ? literal(valueOf(inputs, 'app-name')) : undefined;
    if (name === undefined || !isMap(inputs)) return [];
    return [
      targetOf(
        'GitHub workflow',
        path,
        name,
        valueOf(inputs, 'slot-name'),
        valueOf(inputs, 'resource-group-name'),
        subscriptionId,
      ),
    ];
  });
  return unique(apps);
}

const pipelineTasks =
  /^(?:AzureWebApp|AzureRmWebAppDeployment|AzureWebAppContainer|AzureAppServiceSettings|AzureAppServiceManage|AzureFunctionApp|AzureFunctionAppContainer)@\d+$/i;

function fromPipeline(path: string, text: string): FoundApp[] {
  const apps = mapsOf(text).flatMap(step => {
    const task = valueOf(step, 'task');
    const inputs = valueOf(step, 'inputs');
    if (typeof task !== 'string' || !pipelineTasks.test(task) || !isMap(inputs)) return [];
    const name = literal(valueOf(inputs, 'appName', 'WebAppName'));
    if (name === undefined) return [];
    const toSlot = /^true$/i.test(textOf(valueOf(inputs, 'deployToSlotOrASE', 'DeployToSlotOrASEFlag') ?? 'true'));
    const slot = toSlot ? valueOf(inputs, 'slotName') : undefined;
    return [targetOf('Azure Pipeline', path, name, slot, valueOf(inputs, 'resourceGroupName'), undefined)];
  });
  return unique(apps);
}

function targetOf(
  source: LinkSource,
  path: string,
  name: string,
  slotName: unknown,
  group: unknown,
  subscriptionId: string | undefined,
): FoundApp {
  const slot = literal(slotName);
  return without({
    source,
    path,
    name,
    slot: slot !== undefined && /^production$/i.test(slot) ? undefined : slot,
    resourceGroup: literal(group),
    subscriptionId,
  });
}

function fromBicep(path: string, text: string): FoundApp[] {
  const apps: FoundApp[] = [];
  for (const match of text.matchAll(
    /^\s*resource\s+\w+\s+'Microsoft\.Web\/sites@[^']+'(?:\s+existing)?\s*=\s*(?:if\s*\([^\n]*\)\s*)?\{([^{}]{0,2000})/gim,
  )) {
    const name = literal(/^\s*name\s*:\s*'([^'$]+)'/m.exec(match[1] ?? '')?.[1]);
    if (name !== undefined) apps.push({ source: 'Bicep', path, name, hint: true });
  }
  return unique(apps);
}

function fromTerraform(path: string, text: string): FoundApp[] {
  const apps: FoundApp[] = [];
  const blocks =
    /^\s*(?:resource|data)\s+"azurerm_(?:linux|windows)_(?:web|function)_app"\s+"\w+"\s*\{([^{}]{0,2000})/gim;
  for (const match of text.matchAll(blocks)) {
    const body = match[1] ?? '';
    const name = literal(/^\s*name\s*=\s*"([^"$]+)"/m.exec(body)?.[1]);
    const resourceGroup = literal(/^\s*resource_group_name\s*=\s*"([^"$]+)"/m.exec(body)?.[1]);
    if (name !== undefined)
      apps.push(without({ source: 'Terraform' as const, path, name, resourceGroup, hint: true as const }));
  }
  return unique(apps);
}
