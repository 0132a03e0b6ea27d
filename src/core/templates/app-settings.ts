import {
  constantText,
  type Expression,
  expressionsIn,
  type ObjectExpression,
  objectAt,
  propertyOf,
} from '../formats/expression.ts';
import { containerAppType, isFunctionsSetting, webAppType } from './forms.ts';
import type { TemplateResource, TemplateSetting } from './template.ts';

/** Settings in the object of a web, Functions or container app itself, in Bicep and ARM. */
export function settingsOfApp(app: TemplateResource, body: ObjectExpression): TemplateSetting[] {
  if (webAppType.test(app.type)) {
    const config = objectAt(body, 'properties', 'siteConfig');
    if (config === undefined) return [];
    return [
      ...entries(propertyOf(config, 'appSettings')?.value, 'value', app, 'entry'),
      ...entries(propertyOf(config, 'connectionStrings')?.value, 'connectionString', app, 'connectionString'),
    ];
  }
  if (!containerAppType.test(app.type)) return [];
  const template = objectAt(body, 'properties', 'template');
  const containers = template && propertyOf(template, 'containers')?.value;
  if (containers === undefined) return [];
  return [...expressionsIn(containers)].flatMap(expression =>
    expression.kind === 'object' ? entries(propertyOf(expression, 'env')?.value, 'value', app, 'entry') : [],
  );
}

/** Settings in a `sites/config` resource, by its kind in lower case. */
export function settingsOfConfig(
  kind: string,
  values: Expression | undefined,
  app: TemplateResource | undefined,
): TemplateSetting[] {
  if (values === undefined || (kind !== 'appsettings' && kind !== 'connectionstrings')) return [];
  return properties(values, kind === 'appsettings' ? 'property' : 'connectionString', app);
}

/** `[ { name: 'A', value: … }, … ]`, also several that are joined. */
function entries(
  list: Expression | undefined,
  valueKey: string,
  app: TemplateResource,
  form: TemplateSetting['form'],
): TemplateSetting[] {
  const objects = itemsOf(list);
  const names = objects.map(object => constantText(propertyOf(object, 'name')?.value));
  const siblings = names.filter(name => name !== undefined);
  const functions = isFunctionsApp(app, siblings);
  return objects.flatMap((object, i) => {
    const name = propertyOf(object, 'name');
    const value = propertyOf(object, valueKey);
    if (name === undefined || value === undefined) return [];
    return [
      {
        app,
        name: names[i],
        nameSpan: name.value.span,
        value: value.value,
        valueSpan: value.value.span,
        span: object.span,
        form,
        siblings,
        functions,
      },
    ];
  });
}

function itemsOf(list: Expression | undefined): ObjectExpression[] {
  if (list?.kind === 'list') return list.items.filter(item => item.kind === 'object');
  if (list?.kind === 'call') return list.args.flatMap(itemsOf);
  return list?.kind === 'other' ? list.parts.flatMap(itemsOf) : [];
}

/** The keys of an object that holds settings, also of several that are merged. */
export function properties(
  values: Expression,
  form: TemplateSetting['form'],
  app: TemplateResource | undefined,
): TemplateSetting[] {
  if (values.kind === 'call') return values.args.flatMap(argument => properties(argument, form, app));
  if (values.kind !== 'object') return [];
  const siblings = values.properties.map(({ key }) => key).filter(key => key !== undefined);
  return values.properties.map(({ key, keySpan, value, span }) => {
    const inner = value.kind === 'object' ? propertyOf(value, 'value')?.value : undefined;
    const held = form === 'connectionString' && inner !== undefined ? inner : value;
    return {
      app,
      name: key,
      nameSpan: keySpan,
      value: held,
      valueSpan: held.span,
      span,
      form,
      siblings,
      functions: isFunctionsApp(app, siblings),
    };
  });
}

export function isFunctionsApp(app: TemplateResource | undefined, settings: readonly string[]): boolean {
  if (app !== undefined && !webAppType.test(app.type)) return false;
  return /functionapp/iu.test(app?.kind ?? '') || settings.some(isFunctionsSetting);
}
