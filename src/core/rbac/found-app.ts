import { parseSiteId } from './resource-id.ts';

/** Where a deployment target was found. */
export type LinkSource =
  | 'azd environment'
  | 'azure.yaml'
  | 'publish profile'
  | 'GitHub workflow'
  | 'Azure Pipeline'
  | 'az webapp up'
  | 'Bicep'
  | 'Terraform';

/** An app that files of a workspace deploy to. What they leave open is looked up in Azure before it is linked. */
export interface FoundApp {
  readonly source: LinkSource;
  /** The file, as it was given. */
  readonly path: string;
  /** Complete ARM id of the site or slot. */
  readonly resourceId?: string;
  /** Name of the site. */
  readonly name?: string;
  readonly slot?: string;
  readonly resourceGroup?: string;
  readonly subscriptionId?: string;
  /** What azd tags its apps with: name of the environment and of the service in azure.yaml. */
  readonly azd?: { readonly environment?: string; readonly service?: string };
  /** The file describes an app rather than deploying to it: its name may be computed elsewhere. */
  readonly hint?: true;
}

/** Files that `findApps` reads, as glob patterns. */
export const linkSourceFiles: readonly string[] = [
  '**/azure.{yaml,yml}',
  '.azure/*/.env',
  '.azure/config',
  '**/*.pubxml',
  '.github/workflows/*.{yaml,yml}',
  '**/azure-pipelines*.{yaml,yml}',
  '**/.azure-pipelines/*.{yaml,yml}',
  '**/*.bicep',
  '**/*.tf',
];

/** What a found app is called where it is offered. */
export function foundName(app: FoundApp): string {
  const site = app.resourceId === undefined ? undefined : parseSiteId(app.resourceId);
  const name = site?.site ?? app.name;
  const slot = site?.slot ?? app.slot;
  if (name !== undefined) return slot === undefined ? name : `${name} / ${slot}`;
  const { service, environment } = app.azd ?? {};
  return service === undefined ? `apps of ${environment ?? 'azd'}` : `service ${service}`;
}

/** True when a site or slot of Azure is the one that was found, as far as the file tells. */
export function matchesFound(
  found: FoundApp,
  candidate: { readonly id: string; readonly tags?: Readonly<Record<string, unknown>> },
): boolean {
  const site = parseSiteId(candidate.id);
  if (!site) return false;
  const same = (a: string | undefined, b: string | undefined): boolean =>
    a === undefined || a.toLowerCase() === b?.toLowerCase();
  if (!same(found.subscriptionId, site.subscriptionId) || !same(found.resourceGroup, site.resourceGroup)) return false;
  if (found.name !== undefined)
    return same(found.name, site.site) && (found.slot ?? '').toLowerCase() === (site.slot ?? '').toLowerCase();
  if (site.slot !== undefined || !found.azd) return false;
  const tag = (name: string): string | undefined => {
    const value = candidate.tags?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const { service, environment } = found.azd;
  if (tag('azd-service-name') === undefined) return false;
  return (
    same(service, tag('azd-service-name')) &&
    (tag('azd-env-name') === undefined || same(environment, tag('azd-env-name')))
  );
}
