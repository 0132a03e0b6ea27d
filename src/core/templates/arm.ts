import { parseArmJson } from '../formats/arm-json.ts';
import {
  constantText,
  type Expression,
  expressionsIn,
  type ObjectExpression,
  objectAt,
  propertyOf,
  spelled,
} from '../formats/expression.ts';
import { settingsOfApp, settingsOfConfig } from './app-settings.ts';
import {
  containerAppType,
  formOfType,
  listsKeys,
  saysConnectionString,
  webAppConfigType,
  webAppType,
} from './forms.ts';
import type { KeyUse, Template, TemplateResource } from './template.ts';

/** How many variables are followed from one to the next. */
const furthest = 8;

export interface ArmResource extends TemplateResource {
  readonly body: ObjectExpression;
  readonly name: Expression | undefined;
}

/** Any other JSON names no such schema. */
export function mayBeArmTemplate(text: string): boolean {
  return /deploymentTemplate\.json/iu.test(text);
}

/** Reads JSON as an ARM template; `undefined` when it is something else. */
export function readArmTemplate(text: string): Template | undefined {
  if (!mayBeArmTemplate(text)) return undefined;
  const root = parseArmJson(text);
  if (
    root === undefined ||
    !/deploymentTemplate\.json#?$/iu.test(constantText(propertyOf(root, '$schema')?.value) ?? '')
  )
    return undefined;
  const resources = [...resourcesIn(root, undefined)];
  const variables = objectAt(root, 'variables');
  const parameters = objectAt(root, 'parameters');
  const outputs = objectAt(root, 'outputs');

  /** An expression and those of the variables that it names. */
  function* withVariables(value: Expression, depth = 0): Generator<Expression> {
    for (const expression of expressionsIn(value)) {
      yield expression;
      if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'variables' || depth >= furthest) continue;
      const name = constantText(expression.args[0]);
      const held = name !== undefined && variables ? propertyOf(variables, name)?.value : undefined;
      if (held !== undefined) yield* withVariables(held, depth + 1);
    }
  }

  const useOf = (source: Expression): Omit<KeyUse, 'connectionString'> | undefined => {
    for (const expression of withVariables(source)) {
      if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'resourceid') continue;
      const type = expression.args.findIndex(argument => /^[\w.]+\/\w/u.test(constantText(argument) ?? ''));
      const named = expression.args[type + 1];
      const form = formOfType(constantText(expression.args[type]) ?? '', undefined);
      if (form === undefined || named === undefined) continue;
      const wanted = spelled(named);
      const resource = resources.find(
        ({ type: own, name }) => own === form.form.type.toLowerCase() && name && spelled(name) === wanted,
      );
      return { ...(resource ? (formOfType(resource.type, resource.kind) ?? form) : form), resource };
    }
    return undefined;
  };

  const isSecureParameter = (name: string | undefined): boolean => {
    const declared = name !== undefined && parameters ? propertyOf(parameters, name)?.value : undefined;
    return declared?.kind === 'object' && /^secure/iu.test(constantText(propertyOf(declared, 'type')?.value) ?? '');
  };

  return {
    language: 'arm',
    text,
    resources,
    settings: resources.flatMap(resource => {
      if (webAppType.test(resource.type) || containerAppType.test(resource.type))
        return settingsOfApp(resource, resource.body);
      if (!webAppConfigType.test(resource.type)) return [];
      const { kind, app } = configOf(resource, resources);
      return settingsOfConfig(kind, propertyOf(resource.body, 'properties')?.value, app);
    }),
    outputs: (outputs?.properties ?? []).flatMap(({ key, keySpan, value, span }) => {
      const held = value.kind === 'object' ? propertyOf(value, 'value') : undefined;
      if (key === undefined || value.kind !== 'object' || held === undefined) return [];
      const secure = /^secure/iu.test(constantText(propertyOf(value, 'type')?.value) ?? '');
      return [{ name: key, nameSpan: keySpan, span, value: held.value, valueSpan: held.value.span, secure }];
    }),
    parameters: (parameters?.properties ?? []).flatMap(({ key, keySpan, value, span }) => {
      if (key === undefined || value.kind !== 'object') return [];
      const type = constantText(propertyOf(value, 'type')?.value)?.toLowerCase() ?? '';
      const given = propertyOf(value, 'defaultValue');
      const shared = {
        name: key,
        nameSpan: keySpan,
        span,
        secure: type.startsWith('secure'),
        textual: type === 'string' || type === 'securestring',
      };
      return [given ? { ...shared, defaultValue: given.value, defaultSpan: given.span } : shared];
    }),
    keysIn(value) {
      const parts = [...withVariables(value)];
      const connectionString = saysConnectionString(parts);
      return parts.flatMap(expression => {
        if (expression.kind !== 'call' || !listsKeys(expression.name)) return [];
        const [source] = expression.args;
        const use = source && useOf(source);
        return use === undefined ? [] : [{ ...use, connectionString }];
      });
    },
    takesSecretParameter: value =>
      [...withVariables(value)].some(
        expression =>
          expression.kind === 'call' &&
          expression.name.toLowerCase() === 'parameters' &&
          isSecureParameter(constantText(expression.args[0])),
      ),
  };
}

function* resourcesIn(holder: ObjectExpression, parent: ArmResource | undefined): Generator<ArmResource> {
  const list = propertyOf(holder, 'resources')?.value;
  const bodies =
    list?.kind === 'list' ? list.items : list?.kind === 'object' ? list.properties.map(({ value }) => value) : [];
  for (const [index, body] of bodies.entries()) {
    if (body.kind !== 'object') continue;
    const own = constantText(propertyOf(body, 'type')?.value) ?? '';
    const type = (own.includes('.') ? own : `${parent?.type ?? ''}/${own}`).toLowerCase();
    const kind = constantText(propertyOf(body, 'kind')?.value);
    const condition = propertyOf(body, 'condition') ?? propertyOf(body, 'copy') ?? propertyOf(body, 'scope');
    const existing = propertyOf(body, 'existing')?.value;
    const resource: ArmResource = {
      id: `${parent ? `${parent.id}/` : ''}${index}`,
      type,
      span: body.span,
      existing: existing?.kind === 'literal' && existing.value === true,
      plain: condition === undefined && parent?.plain !== false,
      body,
      name: propertyOf(body, 'name')?.value,
      ...(kind !== undefined && { kind }),
      ...(parent && { parentId: parent.id }),
    };
    yield resource;
    yield* resourcesIn(body, resource);
  }
}

/** Whose configuration a `sites/config` resource is, and which: by the place it stands in, or by its name. */
function configOf(
  { name, parentId }: ArmResource,
  resources: readonly ArmResource[],
): { kind: string; app: ArmResource | undefined } {
  if (name === undefined) return { kind: '', app: undefined };
  const texts = [...expressionsIn(name)].map(constantText).filter(text => text !== undefined);
  const kind = (/[^/]*$/u.exec(texts.at(-1) ?? '')?.[0] ?? '').toLowerCase();
  const outer = resources.find(({ id }) => id === parentId);
  if (outer !== undefined) return { kind, app: outer };
  // `concat(NAME, '/appsettings')` and `format('{0}/appsettings', NAME)`.
  const parts = name.kind === 'call' ? name.args : [];
  const holder = parts.find(part => !/^(?:\/|\{0\})/u.test(constantText(part) ?? ''));
  const wanted = holder && spelled(holder);
  const app = resources.find(
    one => webAppType.test(one.type) && one.name !== undefined && spelled(one.name) === wanted,
  );
  return { kind, app };
}
