import type { Node } from 'web-tree-sitter';
import type { SourceDocument } from '../engine/finding.ts';
import { constantString } from '../languages/constants.ts';
import { spanOf, type NewImport, type SyntaxFile } from '../languages/syntax.ts';
import { applyEdits, type Span, type TextEdit } from '../text/text-edit.ts';
import { createCredential, credentialRequest } from './credential.ts';
import type { Fix, Refusal } from './fix.ts';
import { isRefusal } from './fix.ts';
import { literalAt } from './flow.ts';
import { vaultForms, type VaultForm } from './key-vault-forms.ts';
import { vaultSetting } from './key-vault-steps.ts';
import { addPackages } from './manifest.ts';
import { errorCount, hasSyntaxErrorNear } from './refusals.ts';
import type { RewriteTools } from './tools.ts';

/** Reads the value from Key Vault where it is written now; the reason where that cannot be done safely. */
export async function readFromVault(
  document: SourceDocument,
  span: Span,
  secretName: string,
  tools: RewriteTools,
): Promise<Fix | Refusal> {
  const secret = document.text.slice(span.start, span.end);
  const isModule = await isEsModule(document, tools);
  const planned = await tools.languages.read(document, file => planRead(file, span, secretName, isModule));
  if (planned === undefined) return { refusal: 'This file is not one that Keyless edits.' };
  if (isRefusal(planned)) return planned;
  const { edits, imports, form } = planned;
  const after = { ...document, text: applyEdits(document.text, edits) };
  if (after.text.includes(secret)) {
    return { refusal: 'The same secret stands elsewhere in this file as well.' };
  }
  const errors = await tools.languages.read(document, file => errorCount(file.root));
  const sound = await tools.languages.read(
    after,
    file =>
      errorCount(file.root) <= (errors ?? 0) &&
      imports.every(name => file.language.nameFor(name, file)?.missing === false),
  );
  if (sound !== true) return { refusal: 'The rewritten code could not be proven right.' };
  const added = await addPackages(document, form.language, tools.workspace, [form.package], true);
  const { edits: manifest, followUps, needs } = added;
  return { files: [{ uri: document.uri, edits }, ...(manifest === undefined ? [] : [manifest])], followUps, needs };
}

interface PlannedRead {
  readonly edits: readonly TextEdit[];
  readonly imports: readonly NewImport[];
  readonly form: VaultForm & { readonly language: SyntaxFile['language']['id'] };
}

function planRead(file: SyntaxFile, span: Span, secretName: string, isModule: boolean): PlannedRead | Refusal {
  const { language } = file;
  const form = vaultForms[language.id];
  const literal = literalAt(file, span);
  const sharing = language.shared;
  if (form === undefined || sharing === undefined || literal === undefined) {
    return { refusal: 'In this language the steps are left to you.' };
  }
  const value = wholeString(file, literal);
  if (value === undefined) return { refusal: 'The value is put together at run time.' };
  if (hasSyntaxErrorNear(file, value)) return { refusal: 'The code around has a syntax error.' };
  const places = form.place(value, file, isModule);
  if (typeof places === 'string') return { refusal: places };
  const scope = sharing.scopeOf(value);
  const place = scope && sharing.place(file, scope, [value]);
  const [first = ''] = place?.names ?? [];
  const names = ['vault', 'keyVault'].map(name => inStyle(name, first));
  const name = names.find(candidate => !file.symbols.bindings.some(binding => binding.name === candidate));
  if (place === undefined || name === undefined) return { refusal: 'There is no place for the client of the vault.' };
  const imports = new Map<string, NewImport>();
  const needed: NewImport[] = [];
  const bring = (request: NewImport): string | undefined => {
    const known = language.nameFor(request, file);
    needed.push(request);
    if (known?.missing === true) imports.set(`${request.module} ${request.name}`, request);
    return known?.text;
  };
  const type = bring(form.client);
  const declared = form.declaredAs === undefined ? type : bring(form.declaredAs);
  const reader = language.environment.needs === undefined ? '' : bring(language.environment.needs);
  const uri = language.id === 'csharp' ? bring({ module: 'System', name: 'Uri' }) : 'Uri';
  const credential = credentialText(file, bring);
  if (
    type === undefined ||
    declared === undefined ||
    reader === undefined ||
    uri === undefined ||
    credential === undefined
  ) {
    return { refusal: 'A name that the client of the vault needs stands for something else in this file.' };
  }
  const endpoint = language.environment.read(vaultSetting, file, reader);
  const assured = language.id === 'typescript' && file.document.languageId.startsWith('typescript') ? '!' : '';
  const edits = [
    place.declare(name, declared, form.create(type, endpoint, credential)),
    { span: spanOf(value), newText: form.read(name, secretName) + assured },
    ...places,
    ...language.importEdits(
      file,
      [...imports.values()],
      [],
      file.imports.map(({ module }) => module),
    ),
  ];
  return { edits, imports: needed, form: { ...form, language: language.id } };
}

/** The whole string that a literal is a part of, when the file alone determines it. */
function wholeString(file: SyntaxFile, literal: Node): Node | undefined {
  let whole = literal;
  while (whole.parent !== null && file.language.pieces(whole.parent) !== undefined) whole = whole.parent;
  return constantString(whole, file)?.through.length === 0 ? whole : undefined;
}

function inStyle(name: string, like: string): string {
  if (like === like.toUpperCase()) return name.replace(/(?=[A-Z])/u, '_').toUpperCase();
  return /^[A-Z]/u.test(like) ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

function credentialText(file: SyntaxFile, bring: (request: NewImport) => string | undefined): string | undefined {
  // The client stands above all other declarations, so that none of their credentials is there yet.
  const type = bring(credentialRequest(file, false));
  return type && createCredential(file, type, { kind: 'default' }, bring);
}

async function isEsModule({ uri, languageId }: SourceDocument, { workspace }: RewriteTools): Promise<boolean> {
  if (!/^(?:type|java)script/u.test(languageId)) return false;
  if (/\.m[tj]s$/u.test(uri)) return true;
  const manifest = await workspace?.findUp(uri, [/^package\.json$/u]);
  return !/\.c[tj]s$/u.test(uri) && /"type"\s*:\s*"module"/u.test(manifest?.text ?? '');
}
