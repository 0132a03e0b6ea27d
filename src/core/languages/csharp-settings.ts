import type { Node } from 'web-tree-sitter';
import { spanOf, type SettingLookup } from './syntax.ts';

/** What a string node holds; `undefined` for one that is not plain. */
type TextOf = (node: Node) => string | undefined;

/**
 * `Environment.GetEnvironmentVariable("X")`, `configuration["X"]` and the methods of a configuration, and
 * `ConfigurationManager`, which reads web.config and app.config.
 */
export function csharpSettingLookup(node: Node, textOf: TextOf): SettingLookup | undefined {
  const found = inConfigFile(node) ?? inConfiguration(node, textOf);
  const [first, ...more] = found?.key.namedChildren ?? [];
  if (found === undefined || first === undefined || more.length > 0) return undefined;
  const { key, section } = found;
  const name = section + (textOf(key) ?? first.text);
  return { name, nameSpan: spanOf(first), ...(section === '' ? {} : { section }) };
}

interface Lookup {
  readonly key: Node;
  readonly section: string;
}

function inConfiguration(node: Node, textOf: TextOf): Lookup | undefined {
  if (node.type === 'invocation_expression') {
    const callee = node.childForFieldName('function');
    const called = calledText(node);
    const [, method] = /\.(GetConnectionString|GetValue<string\??>)$/u.exec(called) ?? [];
    const isVariable = /^(?:System\.)?Environment\.GetEnvironmentVariable$/u.test(called);
    if (!isVariable && method === undefined) return undefined;
    const holder = isVariable ? undefined : sectionOf(callee?.childForFieldName('expression'), textOf);
    if (!isVariable && holder === undefined) return undefined;
    const section = (holder ?? '') + (method === 'GetConnectionString' ? 'ConnectionStrings:' : '');
    return keyed(firstText(node.childForFieldName('arguments')), section);
  }
  if (node.type !== 'element_access_expression') return undefined;
  const section = sectionOf(node.childForFieldName('expression'), textOf);
  return section === undefined ? undefined : keyed(firstText(node.childForFieldName('subscript')), section);
}

const manager = String.raw`^(?:[\w.]+\.)?(?:Web|Cloud)?ConfigurationManager\.`;
const appSettings = new RegExp(`${manager}AppSettings$`, 'u');
const appSettingsGet = new RegExp(`${manager}(?:AppSettings\\.Get|GetSetting)$`, 'u');
const connectionStrings = new RegExp(`${manager}ConnectionStrings$`, 'u');

/** `ConfigurationManager.AppSettings["X"]` and `ConfigurationManager.ConnectionStrings["X"].ConnectionString`. */
function inConfigFile(node: Node): Lookup | undefined {
  const held = (access: Node | null, holder: RegExp): Node | undefined => {
    const isHeld =
      access?.type === 'element_access_expression' && holder.test(plain(access.childForFieldName('expression')));
    return isHeld ? firstText(access.childForFieldName('subscript')) : undefined;
  };
  switch (node.type) {
    case 'element_access_expression':
      return keyed(held(node, appSettings), appSettingsSection);
    case 'member_access_expression':
      return node.childForFieldName('name')?.text === 'ConnectionString'
        ? keyed(held(node.childForFieldName('expression'), connectionStrings), 'ConnectionStrings:')
        : undefined;
    case 'invocation_expression':
      return appSettingsGet.test(calledText(node))
        ? keyed(firstText(node.childForFieldName('arguments')), appSettingsSection)
        : undefined;
    default:
      return undefined;
  }
}

/** How look-ups and entries of `<appSettings>` are told from others of the same name. */
export const appSettingsSection = 'appSettings:';

function keyed(key: Node | undefined, section: string): Lookup | undefined {
  return key && { key, section };
}

function plain(node: Node | null | undefined): string {
  return node?.text.replace(/\s/gu, '') ?? '';
}

function calledText(call: Node): string {
  return plain(call.childForFieldName('function'));
}

/** Levels that a configuration, or a section of one, stands for; `undefined` for other objects. */
function sectionOf(holder: Node | null | undefined, textOf: TextOf): string | undefined {
  if (/(?:^|[._])config(?:uration)?$/iu.test(holder?.text ?? '')) return '';
  const callee = holder?.type === 'invocation_expression' ? holder.childForFieldName('function') : null;
  if (callee?.childForFieldName('name')?.text !== 'GetSection') return undefined;
  const outer = sectionOf(callee.childForFieldName('expression'), textOf);
  const name = textOf(firstText(holder?.childForFieldName('arguments')) ?? callee);
  return outer === undefined || name === undefined ? undefined : `${outer}${name}:`;
}

/** The first of some arguments, when it is a plain string. */
function firstText(list: Node | null | undefined): Node | undefined {
  const value = list?.namedChildren[0]?.namedChildren[0];
  return value?.type === 'string_literal' ? value : undefined;
}
