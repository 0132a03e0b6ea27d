import { type BicepDeclaration, parseBicep } from '../formats/bicep.ts';
import {
  constantText,
  type Expression,
  expressionsIn,
  type ObjectExpression,
  propertyOf,
} from '../formats/expression.ts';
import type { Span } from '../text/text-edit.ts';
import { settingsOfApp, settingsOfConfig } from './app-settings.ts';
import { formOfType, listsKeys, saysConnectionString, webAppConfigType } from './forms.ts';
import type { KeyUse, Template, TemplateResource, TemplateSetting } from './template.ts';

/** How many variables are followed from one to the next. */
const furthest = 8;

export interface BicepResource extends TemplateResource {
  readonly declaration: BicepDeclaration;
}

/** Reads a Bicep file as a template. */
export function readBicepTemplate(text: string): Template {
  const { declarations } = parseBicep(text);
  // Outputs have names of their own: one may be called like the resource that it is of.
  const byName = new Map(
    declarations.filter(({ keyword }) => keyword !== 'output').map(declaration => [declaration.name, declaration]),
  );
  const resources = declarations
    .filter(({ keyword }) => keyword === 'resource')
    .map(found => resourceOf(found, byName));
  const resourceNamed = new Map(resources.map(resource => [resource.id, resource]));
  const textOf = ({ start, end }: Span): string => text.slice(start, end);

  /** An expression and those of the variables that it names. */
  function* withVariables(value: Expression, depth = 0): Generator<Expression> {
    for (const expression of expressionsIn(value)) {
      yield expression;
      const declared = expression.kind === 'name' && depth < furthest ? byName.get(expression.name) : undefined;
      if (declared?.keyword === 'var' && declared.value) yield* withVariables(declared.value, depth + 1);
    }
  }

  const useOf = (source: Expression): Omit<KeyUse, 'connectionString'> | undefined => {
    for (const expression of withVariables(source)) {
      const name =
        expression.kind === 'name' ? expression.name : expression.kind === 'access' ? expression.member : undefined;
      let resource = name === undefined ? undefined : resourceNamed.get(name);
      let known = resource && formOfType(resource.type, resource.kind);
      // From a rule that hands out keys to the service itself.
      while (resource !== undefined && known !== undefined && resource.type !== known.form.type.toLowerCase()) {
        resource = resourceNamed.get(resource.parentId ?? '');
        known = (resource && formOfType(resource.type, resource.kind)) ?? known;
      }
      if (known !== undefined) return { ...known, resource };
      if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'resourceid') continue;
      const type = expression.args.findIndex(argument => /^[\w.]+\/\w/u.test(constantText(argument) ?? ''));
      const named = expression.args[type + 1];
      const form = formOfType(constantText(expression.args[type]) ?? '', undefined);
      if (form === undefined || named === undefined) continue;
      const same = resources.find(candidate => {
        const own = candidate.declaration.body && propertyOf(candidate.declaration.body, 'name');
        return candidate.type === form.form.type.toLowerCase() && own && textOf(own.value.span) === textOf(named.span);
      });
      return { ...(same ? (formOfType(same.type, same.kind) ?? form) : form), resource: same };
    }
    return undefined;
  };

  return {
    language: 'bicep',
    text,
    resources,
    settings: resources.flatMap(resource => settingsOf(resource, resources)),
    outputs: declarations.flatMap(declaration => {
      const { keyword, name, nameSpan, span, value } = declaration;
      if (keyword !== 'output' || value === undefined) return [];
      return [{ name, nameSpan, span, value, valueSpan: value.span, secure: isSecure(declaration) }];
    }),
    parameters: declarations.flatMap(declaration => {
      const { keyword, name, nameSpan, span, value, type } = declaration;
      if (keyword !== 'param') return [];
      const shared = {
        name,
        nameSpan,
        span,
        secure: isSecure(declaration),
        textual: /^string\??(?!\w|\[)/u.test(type?.text ?? ''),
      };
      return [value === undefined ? shared : { ...shared, defaultValue: value, defaultSpan: value.span }];
    }),
    keysIn(value) {
      const parts = [...withVariables(value)];
      const connectionString = saysConnectionString(parts);
      return parts.flatMap(expression => {
        if (expression.kind !== 'call' || !listsKeys(expression.name)) return [];
        const source = expression.target ?? expression.args[0];
        const use = source && useOf(source);
        return use === undefined ? [] : [{ ...use, connectionString }];
      });
    },
    takesSecretParameter: value =>
      [...withVariables(value)].some(expression => {
        const declared = expression.kind === 'name' ? byName.get(expression.name) : undefined;
        return declared?.keyword === 'param' && isSecure(declared);
      }),
  };
}

function isSecure({ decorators }: BicepDeclaration): boolean {
  return decorators.some(({ name }) => name.toLowerCase() === 'secure');
}

function resourceOf(declaration: BicepDeclaration, byName: ReadonlyMap<string, BicepDeclaration>): BicepResource {
  const { body } = declaration;
  const reference = body && propertyOf(body, 'parent')?.value;
  const parentId = declaration.parent ?? (reference?.kind === 'name' ? reference.name : undefined) ?? namedParent(body);
  const own = typeWithoutVersion(declaration);
  const outer = declaration.parent === undefined ? undefined : byName.get(declaration.parent);
  const type = own.includes('/') && own.includes('.') ? own : `${outer ? typeWithoutVersion(outer) : ''}/${own}`;
  const kind = body && constantText(propertyOf(body, 'kind')?.value);
  const foreign = body !== undefined && propertyOf(body, 'scope') !== undefined;
  return {
    id: declaration.name,
    type: type.toLowerCase(),
    span: declaration.span,
    existing: declaration.existing,
    plain: !declaration.conditional && !foreign,
    declaration,
    ...(kind !== undefined && { kind }),
    ...(parentId !== undefined && { parentId }),
  };
}

function typeWithoutVersion({ type }: BicepDeclaration): string {
  return type?.text.split('@')[0] ?? '';
}

/** `name: '${app.name}/appsettings'`. */
function namedParent(body: ObjectExpression | undefined): string | undefined {
  const name = body && propertyOf(body, 'name')?.value;
  const [first, second] = name?.kind === 'string' ? name.parts : [];
  if (typeof first !== 'object' || typeof second !== 'string' || !second.startsWith('/')) return undefined;
  return first.kind === 'access' && first.member === 'name' && first.target.kind === 'name'
    ? first.target.name
    : undefined;
}

function settingsOf(resource: BicepResource, resources: readonly BicepResource[]): TemplateSetting[] {
  const { body } = resource.declaration;
  if (body === undefined) return [];
  if (!webAppConfigType.test(resource.type)) return settingsOfApp(resource, body);
  const app = resources.find(({ id }) => id === resource.parentId);
  const name = propertyOf(body, 'name')?.value;
  const last = name?.kind === 'string' ? name.parts.at(-1) : undefined;
  const kind = typeof last === 'string' ? (/[^/]*$/u.exec(last)?.[0] ?? '') : '';
  return settingsOfConfig(kind.toLowerCase(), propertyOf(body, 'properties')?.value, app);
}
