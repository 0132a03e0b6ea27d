import type { Expression } from '../formats/expression.ts';
import { services } from '../services/catalogue.generated.ts';
import type { Service, TemplateResourceForm } from '../services/service.ts';

export interface ServiceForm {
  readonly service: Service;
  readonly form: TemplateResourceForm;
}

const forms: readonly ServiceForm[] = services.flatMap(service =>
  service.template === undefined ? [] : [{ service, form: service.template }],
);

/** The service of a resource type of Bicep and ARM or of a child of it, by its kind where several share a type. */
export function formOfType(type: string, kind: string | undefined): ServiceForm | undefined {
  const wanted = type.toLowerCase();
  const matching = forms.filter(({ form }) => {
    const own = form.type.toLowerCase();
    return wanted === own || wanted.startsWith(`${own}/`);
  });
  return byKind(matching, kind);
}

/** The service of a Terraform resource type. */
export function formOfTerraform(type: string, kind: string | undefined): ServiceForm | undefined {
  return byKind(
    forms.filter(
      ({ form: { terraform } }) => terraform.types.includes(type) || terraform.children?.[type] !== undefined,
    ),
    kind,
  );
}

function byKind(matching: readonly ServiceForm[], kind: string | undefined): ServiceForm | undefined {
  return (
    matching.find(({ form }) => form.kind === undefined || (kind !== undefined && form.kind.test(kind))) ??
    (kind === undefined ? matching[0] : undefined)
  );
}

const listCalls: ReadonlySet<string> = new Set([
  'listkeys',
  'listconnectionstrings',
  'listadminkeys',
  'listquerykeys',
  'listcredentials',
  'listaccountsas',
  'listservicesas',
  'listcallbackurl',
  'listsecrets',
]);

/** Whether a function of Bicep and ARM hands out keys. */
export function listsKeys(name: string): boolean {
  return listCalls.has(name.toLowerCase());
}

/** Bicep and ARM types of apps with settings. */
export const webAppType = /^microsoft\.web\/sites(?:\/slots)?$/u;
export const webAppConfigType = /^microsoft\.web\/sites(?:\/slots)?\/config$/u;
export const containerAppType = /^microsoft\.app\/(?:containerapps|jobs)$/u;

/** What only a Functions app has among its settings. */
export function isFunctionsSetting(name: string): boolean {
  return /^(?:FUNCTIONS_(?:EXTENSION_VERSION|WORKER_RUNTIME)|AzureWebJobs(?!Dashboard).*)$/u.test(name);
}

/** Whether one of the parts of a value says that it is a connection string, not a bare key. */
export function saysConnectionString(parts: Iterable<Expression>): boolean {
  for (const part of parts) {
    if (part.kind === 'access' && /connection_?string/iu.test(part.member)) return true;
    if (part.kind !== 'string') continue;
    if (part.parts.some(text => typeof text === 'string' && /(?:Account|SharedAccess|Access)Key=/iu.test(text)))
      return true;
  }
  return false;
}
