import { constantText, type Expression, expressionsIn, pathOf } from '../formats/expression.ts';
import { attributeOf, blocksIn, type HclBlock, parseHcl } from '../formats/hcl.ts';
import { properties } from './app-settings.ts';
import { formOfTerraform, isFunctionsSetting, saysConnectionString } from './forms.ts';
import type { KeyUse, Template, TemplateResource, TemplateSetting } from './template.ts';

/** How many local values are followed from one to the next. */
const furthest = 8;
const appTypes =
  /^azurerm_(?:(?:linux|windows)_(?:web|function)_app(?:_slot)?|function_app(?:_slot|_flex_consumption)?|app_service(?:_slot)?)$/u;
const functionAppTypes = /function_app/u;
const containerAppTypes = /^azurerm_container_app(?:_job)?$/u;
/** The argument of a Functions app that holds the key of its own storage account. */
const storageKeyArguments = ['storage_account_access_key', 'storage_access_key'];

export interface TerraformResource extends TemplateResource {
  readonly block: HclBlock;
}

/** Reads a Terraform file as a template. */
export function readTerraformTemplate(text: string): Template {
  const { body } = parseHcl(text);
  const resources = body.blocks.flatMap(resourceOf);
  const byId = new Map(resources.map(resource => [resource.id, resource]));
  const locals = new Map(
    body.blocks
      .filter(({ type }) => type === 'locals')
      .flatMap(({ body: { attributes } }) => attributes.map(({ name, value }) => [name, value] as const)),
  );
  const sensitive = new Set(
    body.blocks.filter(block => block.type === 'variable' && isSensitive(block)).map(({ labels }) => labels[0] ?? ''),
  );

  /** Every reference in a value, and in the local values that it names. */
  function* referencesIn(value: Expression, depth = 0): Generator<readonly string[]> {
    let covered = -1;
    for (const expression of expressionsIn(value)) {
      // What a reference consists of follows after it.
      if (expression.span.start < covered && expression.kind !== 'string') continue;
      const path = expression.kind === 'access' || expression.kind === 'index' ? pathOf(expression) : undefined;
      if (path === undefined) continue;
      covered = expression.span.end;
      yield path;
      const local = path[0] === 'local' && depth < furthest ? locals.get(path[1] ?? '') : undefined;
      if (local !== undefined) yield* referencesIn(local, depth + 1);
    }
  }

  const useOf = (path: readonly string[]): KeyUse | undefined => {
    const connectionString = path.some(member => member.includes('connection_string'));
    const data = path[0] === 'data';
    const [type = '', name = '', ...members] = data ? path.slice(1) : path;
    const id = `${data ? 'data.' : ''}${type}.${name}`;
    const known = formOfTerraform(type, byId.get(id)?.kind);
    if (!known?.form.terraform.secrets.some(secret => members.includes(secret))) return undefined;
    const attribute = known.form.terraform.children?.[type];
    if (attribute === undefined) return { ...known, resource: byId.get(id), connectionString };
    const child = byId.get(id);
    const parent = child && attributeOf(child.block.body, attribute)?.value;
    const of = parent && pathOf(parent);
    return { ...known, connectionString, resource: of && byId.get(of.slice(0, of[0] === 'data' ? 3 : 2).join('.')) };
  };

  return {
    language: 'terraform',
    text,
    resources,
    settings: resources.flatMap(settingsOf),
    outputs: body.blocks.flatMap(block => {
      const value = block.type === 'output' ? attributeOf(block.body, 'value') : undefined;
      const [name] = block.labels;
      if (value === undefined || name === undefined) return [];
      return [
        {
          name,
          nameSpan: labelSpan(text, block, name),
          span: block.span,
          value: value.value,
          valueSpan: value.value.span,
          secure: isSensitive(block),
        },
      ];
    }),
    parameters: body.blocks.flatMap(block => {
      const [name] = block.labels;
      if (block.type !== 'variable' || name === undefined) return [];
      const type = attributeOf(block.body, 'type')?.value;
      const given = attributeOf(block.body, 'default');
      const shared = {
        name,
        nameSpan: labelSpan(text, block, name),
        span: block.span,
        secure: isSensitive(block),
        textual:
          type === undefined || (type.kind === 'name' && type.name === 'string') || constantText(type) === 'string',
      };
      return [given ? { ...shared, defaultValue: given.value, defaultSpan: given.span } : shared];
    }),
    keysIn(value) {
      const composed = saysConnectionString(expressionsIn(value));
      return [...referencesIn(value)].flatMap(path => {
        const use = useOf(path);
        return use === undefined ? [] : [{ ...use, connectionString: composed || use.connectionString }];
      });
    },
    takesSecretParameter: value =>
      [...referencesIn(value)].some(([root, name]) => root === 'var' && sensitive.has(name ?? '')),
  };
}

function isSensitive({ body }: HclBlock): boolean {
  const value = attributeOf(body, 'sensitive')?.value;
  return value !== undefined && !(value.kind === 'literal' && value.value === false);
}

function labelSpan(text: string, { span }: HclBlock, label: string): { start: number; end: number } {
  const start = text.indexOf(label, text.indexOf(' ', span.start));
  return { start, end: start + label.length };
}

function resourceOf(block: HclBlock): TerraformResource[] {
  const [type, name] = block.labels;
  if ((block.type !== 'resource' && block.type !== 'data') || type === undefined || name === undefined) return [];
  const kind = constantText(attributeOf(block.body, 'kind')?.value);
  const existing = block.type === 'data';
  return [
    {
      id: `${existing ? 'data.' : ''}${type}.${name}`,
      type,
      span: block.span,
      existing,
      plain: attributeOf(block.body, 'count') === undefined && attributeOf(block.body, 'for_each') === undefined,
      block,
      ...(kind !== undefined && { kind }),
    },
  ];
}

function settingsOf(resource: TerraformResource): TemplateSetting[] {
  const { type, block } = resource;
  if (resource.existing) return [];
  if (containerAppTypes.test(type)) {
    return [...blocksIn(block.body)]
      .filter(inner => inner.type === 'env')
      .flatMap(inner => blockSetting(inner, resource, 'entry'));
  }
  if (!appTypes.test(type)) return [];
  const values = attributeOf(block.body, 'app_settings')?.value;
  const settings = values === undefined ? [] : properties(values, 'property', resource);
  const functions =
    functionAppTypes.test(type) || settings.some(({ name }) => name !== undefined && isFunctionsSetting(name));
  return [
    ...settings.map(setting => ({ ...setting, functions })),
    ...block.body.blocks
      .filter(inner => inner.type === 'connection_string')
      .flatMap(inner => blockSetting(inner, resource, 'connectionString')),
    ...block.body.attributes
      .filter(({ name }) => storageKeyArguments.includes(name))
      .map(({ name, nameSpan, value, span }): TemplateSetting => ({
        app: resource,
        name,
        nameSpan,
        value,
        valueSpan: value.span,
        span,
        form: 'argument',
        siblings: block.body.attributes.map(one => one.name),
        functions: true,
      })),
  ];
}

function blockSetting(block: HclBlock, app: TemplateResource, form: TemplateSetting['form']): TemplateSetting[] {
  const name = attributeOf(block.body, 'name');
  const value = attributeOf(block.body, 'value');
  if (name === undefined || value === undefined) return [];
  return [
    {
      app,
      name: constantText(name.value),
      nameSpan: name.value.span,
      value: value.value,
      valueSpan: value.value.span,
      span: block.span,
      form,
      siblings: [],
      functions: false,
    },
  ];
}
