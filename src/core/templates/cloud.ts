import { constantText } from '../formats/expression.ts';
import { attributeOf, parseHcl } from '../formats/hcl.ts';
import type { SourceDocument } from '../engine/finding.ts';
import { sovereignCloudIn, type SovereignCloud } from '../rewrite/clouds.ts';
import type { WorkspaceView } from '../rewrite/fix.ts';
import type { TemplateExpression } from '../services/service.ts';
import type { Template } from './template.ts';

/** Which cloud a template is for: `any` adapts itself to the one it is deployed to, `unknown` says nothing of it. */
export type TemplateCloud = 'public' | SovereignCloud | 'any' | 'unknown';

/** Files of a folder that declare its providers, the usual ones first. */
const providerFiles: readonly RegExp[] = [
  /^providers?\.tf$/u,
  /^(?:versions?|terraform)\.tf$/u,
  /^main\.tf$/u,
  /^_?(?:provider|config|backend|setup)[\w.-]*\.tf$/u,
];

/** How many folders upwards a root module is looked for. */
const highest = 6;

/** Tells the cloud from host names and regions in the template and, for Terraform, from the provider's `environment`. */
export async function cloudOf(
  document: SourceDocument,
  template: Template,
  workspace: WorkspaceView | undefined,
): Promise<TemplateCloud> {
  const { text } = document;
  const named = sovereignCloudIn(text) ?? cloudOfRegions(text);
  if (named !== undefined && named !== 'public') return named;
  if (template.language !== 'terraform') return /\benvironment\(\)/u.test(text) ? 'any' : (named ?? 'unknown');
  return providerCloud(text) ?? (workspace && (await cloudOfProviders(document.uri, workspace))) ?? named ?? 'unknown';
}

/** An expression as it is written for a cloud; `undefined` when it is another one in each, and which is not known. */
export function writtenIn(expression: TemplateExpression, cloud: TemplateCloud): string | undefined {
  if (typeof expression === 'string') return expression;
  return cloud === 'any' || cloud === 'unknown' ? undefined : expression[cloud];
}

async function cloudOfProviders(uri: string, workspace: WorkspaceView): Promise<TemplateCloud | undefined> {
  for (const pattern of providerFiles) {
    let from: string | undefined = uri;
    for (let i = 0; i < highest && from !== undefined; i++) {
      const found = await workspace.findUp(from, [pattern]);
      const cloud = found && found.uri !== uri ? providerCloud(found.text) : undefined;
      if (cloud !== undefined) return cloud;
      from = found && folderOf(found.uri, workspace);
    }
  }
  return undefined;
}

/** The folder of a file, to go on from to the one above it; `undefined` at the root of the workspace. */
function folderOf(uri: string, workspace: WorkspaceView): string | undefined {
  const folder = uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
  const root = workspace.rootOf?.(uri)?.replace(/\/$/u, '');
  // Where no root is known, names are relative to it.
  const top = root === undefined ? folder === '' || /^(?:[a-z]:)?[/\\]/iu.test(folder) : folder.length <= root.length;
  return top ? undefined : folder;
}

/** What a text's `provider "azurerm"` says; `undefined` without one. */
function providerCloud(text: string): TemplateCloud | undefined {
  if (!/\bprovider\s+"azurerm"/u.test(text)) return undefined;
  const providers = parseHcl(text).body.blocks.filter(
    ({ type, labels }) => type === 'provider' && labels[0] === 'azurerm',
  );
  const clouds = new Set(
    providers.map(({ body }): TemplateCloud => {
      const environment = attributeOf(body, 'environment')?.value;
      if (attributeOf(body, 'metadata_host') !== undefined) return 'any';
      if (environment === undefined) return 'public';
      return environments[constantText(environment)?.toLowerCase() ?? ''] ?? 'any';
    }),
  );
  const [only, other] = clouds;
  return other === undefined ? only : 'any';
}

const environments: Readonly<Record<string, TemplateCloud>> = {
  public: 'public',
  usgovernment: 'usGovernment',
  china: 'china',
};

/** From places such as `westeurope`, `China East 2` and `usgovvirginia`, where a location is a constant. */
function cloudOfRegions(text: string): TemplateCloud | undefined {
  const regions = [...text.matchAll(/\blocation"?\s*[:=]\s*['"](?<region>[\w ]{4,30})['"]/giu)].map(({ groups }) =>
    (groups?.['region'] ?? '').toLowerCase().replaceAll(' ', ''),
  );
  const clouds = new Set(
    regions
      .filter(region => region !== 'global')
      .map((region): TemplateCloud => {
        if (region.startsWith('china')) return 'china';
        return /^us(?:gov|dod)/u.test(region) ? 'usGovernment' : 'public';
      }),
  );
  const [only, other] = clouds;
  return other === undefined ? only : undefined;
}
