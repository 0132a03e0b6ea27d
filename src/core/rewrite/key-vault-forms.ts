import type { Node } from 'web-tree-sitter';
import { spanOf, type NewImport, type SyntaxFile } from '../languages/syntax.ts';
import type { CodeLanguage, NeededPackage } from '../services/service.ts';
import type { TextEdit } from '../text/text-edit.ts';

/** How a language reads a secret by name. */
export interface VaultForm {
  readonly client: NewImport;
  readonly package: NeededPackage;
  /** Creates the client; `type` is the client's name in this file. */
  readonly create: (type: string, endpoint: string, credential: string) => string;
  /** The type that a variable of the client is declared with, where that is not what creates it. */
  readonly declaredAs?: NewImport;
  readonly read: (vault: string, secretName: string) => string;
  /** Why the value cannot be read where it stands; else what else must change for it. */
  readonly place: (literal: Node, file: SyntaxFile, isModule: boolean) => readonly TextEdit[] | string;
}

const calledLater = 'Here the value is asked for before any code could fetch it.';

export const vaultForms: Readonly<Partial<Record<CodeLanguage, VaultForm>>> = {
  typescript: {
    client: { module: '@azure/keyvault-secrets', name: 'SecretClient' },
    package: { name: '@azure/keyvault-secrets', version: '4.9.0' },
    create: (type, endpoint, credential) => `new ${type}(${endpoint}, ${credential})`,
    read: (vault, name) => `(await ${vault}.getSecret('${name}')).value`,
    place: typescriptPlace,
  },
  python: {
    client: { module: 'azure.keyvault.secrets', name: 'SecretClient' },
    package: { name: 'azure-keyvault-secrets', version: '4.9.0' },
    create: (type, endpoint, credential) => `${type}(vault_url=${endpoint}, credential=${credential})`,
    read: (vault, name) => `${vault}.get_secret("${name}").value`,
    place(literal) {
      const around = ancestorOf(literal, new Set(['function_definition']));
      return around?.text.startsWith('async') === true
        ? 'Reading a secret blocks, which an asynchronous function must not do.'
        : [];
    },
  },
  csharp: {
    client: { module: 'Azure.Security.KeyVault.Secrets', name: 'SecretClient' },
    package: { name: 'Azure.Security.KeyVault.Secrets', version: '4.7.0' },
    create: (type, endpoint, credential) => `new ${type}(new Uri(${endpoint}), ${credential})`,
    read: (vault, name) => `${vault}.GetSecret("${name}").Value.Value`,
    place: csharpPlace,
  },
  java: {
    client: { module: 'com.azure.security.keyvault.secrets', name: 'SecretClientBuilder' },
    declaredAs: { module: 'com.azure.security.keyvault.secrets', name: 'SecretClient' },
    package: { name: 'com.azure:azure-security-keyvault-secrets', version: '4.9.0' },
    create: (type, endpoint, credential) =>
      `new ${type}().vaultUrl(${endpoint}).credential(${credential}).buildClient()`,
    read: (vault, name) => `${vault}.getSecret("${name}").getValue()`,
    place: literal =>
      ancestorOf(literal, new Set(['annotation', 'switch_label', 'interface_declaration'])) === undefined
        ? []
        : calledLater,
  },
};

function ancestorOf(node: Node, types: ReadonlySet<string>): Node | undefined {
  for (let at = node.parent; at !== null; at = at.parent) if (types.has(at.type)) return at;
  return undefined;
}

const functions = new Set(['function_declaration', 'function_expression', 'arrow_function', 'method_definition']);
const generators = new Set(['generator_function', 'generator_function_declaration']);

/** `await` needs an asynchronous function around it, or a module. */
function typescriptPlace(literal: Node, _file: SyntaxFile, isModule: boolean): readonly TextEdit[] | string {
  for (let node = literal.parent; node !== null; node = node.parent) {
    if (
      /^(?:formal_parameters|public_field_definition|field_definition|class_static_block|decorator|enum_body)$/u.test(
        node.type,
      )
    ) {
      return calledLater;
    }
    if (
      generators.has(node.type) ||
      (functions.has(node.type) && !/^(?:(?:public|private|protected|static|override)\s+)*async\b/u.test(node.text))
    ) {
      return 'Reading a secret takes an asynchronous function, which the one around it is not.';
    }
    if (functions.has(node.type)) return [];
  }
  return isModule ? [] : 'Reading a secret takes `await`, which only modules allow outside of functions.';
}

const constantPlaces = new Set([
  'attribute',
  'case_switch_label',
  'constant_pattern',
  'parameter',
  'enum_member_declaration',
]);

function csharpPlace(literal: Node, file: SyntaxFile): readonly TextEdit[] | string {
  if (ancestorOf(literal, constantPlaces) !== undefined) return calledLater;
  const declaration = ancestorOf(literal, new Set(['field_declaration', 'local_declaration_statement']));
  const keyword = declaration?.namedChildren.find(child => child.type === 'modifier' && child.text === 'const');
  if (declaration === undefined || keyword === undefined) return [];
  const names = file.symbols.bindings.filter(
    ({ nameNode }) => declaration.descendantForIndex(nameNode.startIndex)?.id === nameNode.id,
  );
  const uses = names.flatMap(({ references }) => references.map(({ node }) => node));
  const isConstant = (node: Node): boolean => {
    const around = ancestorOf(node, new Set(['field_declaration', 'local_declaration_statement']));
    return around?.namedChildren.some(child => child.text === 'const') === true;
  };
  if (uses.some(node => ancestorOf(node, constantPlaces) !== undefined || isConstant(node))) return calledLater;
  if (declaration.type === 'field_declaration') return [{ span: spanOf(keyword), newText: 'static readonly' }];
  const end = keyword.nextSibling?.startIndex ?? keyword.endIndex;
  return [{ span: { start: keyword.startIndex, end }, newText: '' }];
}
