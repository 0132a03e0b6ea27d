import type { Node } from 'web-tree-sitter';
import { connectionStringFields } from '../formats/connection-string.ts';
import { constantString } from '../languages/constants.ts';
import { namedChildren, type NewImport, type SyntaxFile } from '../languages/syntax.ts';
import type { Service } from '../services/service.ts';
import type { Span, TextEdit } from '../text/text-edit.ts';
import { isEmulator, isLocalAddress } from './emulator.ts';
import { CannotEdit, constructEdits, refuseLostComments, type ConstructEdit } from './construct-edits.ts';
import { credentialFor } from './credential.ts';
import type { Refusal } from './fix.ts';
import { findMatches, literalAt, secretCapture, traceValue } from './flow.ts';
import type { Match } from './match.ts';
import type { ServiceMigration } from './migrations.ts';
import { hasSyntaxErrorNear, keyBoundCall, lineOf, unknownUse } from './refusals.ts';
import type { Endpoint } from './render.ts';
import { leftovers } from './unused.ts';

/** A rewrite of one file, not yet checked. */
export interface Plan {
  readonly edits: readonly TextEdit[];
  readonly migrations: readonly ServiceMigration[];
  /** The embedded secret as written; must be gone afterwards. */
  readonly secret: string | undefined;
  readonly cautions: readonly string[];
  /** Names that other files might import and that are removed. */
  readonly removedImportable: readonly string[];
  readonly asyncCredential: boolean;
  readonly usesIdentityPackage: boolean;
}

/** Plans the rewrite of everything in the file that takes the secret at `span`. */
export function planRewrite(
  file: SyntaxFile,
  span: Span,
  migrations: readonly ServiceMigration[],
  services: readonly Service[],
): Plan | Refusal {
  const literal = literalAt(file, span);
  if (literal === undefined) return { refusal: 'The text changed since the secret was found. Scan it again.' };
  const trace = traceValue(file, literal, findMatches(file, migrations));
  const used = trace.consumers.map(match => match.compiled as ServiceMigration);
  const refusal =
    refuseNearbyErrors(file, [literal, ...trace.consumers.map(match => match.node)]) ??
    refuseUnknownUse(file, trace.unknownUses, services) ??
    refuseKeyOnly(file, used);
  if (refusal !== undefined) return refusal;
  const exported = [...trace.bindings].find(binding => binding.exposure === 'exported');
  if (exported !== undefined) {
    return {
      refusal: `${exported.name} is visible outside this file, so other code may need the secret. Make it private or move its users here, then run the fix again.`,
    };
  }
  try {
    const edits: ConstructEdit[] = [];
    const imports = new Map<string, NewImport>();
    for (const match of trace.consumers) {
      const endpoint = endpointOf(match, file);
      if (endpoint !== undefined && 'refusal' in endpoint) return endpoint;
      const result = constructRewrite(match, endpoint, file, imports);
      if ('refusal' in result) return result;
      edits.push(...result.edits);
    }
    const unique = [
      ...new Map(edits.map(edit => [`${edit.span.start} ${edit.span.end} ${edit.newText}`, edit])).values(),
    ];
    const rest = leftovers(file, unique, trace.bindings);
    const kept = [...trace.bindings].find(binding => !rest.removed.includes(binding));
    if (kept !== undefined) {
      return { refusal: `${kept.name} still holds the secret after the rewrite. Remove its other uses first.` };
    }
    for (const edit of rest.edits) refuseLostComments(file.root, edit.span, [], file);
    const neighbour = trace.consumers.map(match => match.module);
    return {
      edits: [
        ...unique,
        ...rest.edits,
        ...file.language.importEdits(file, [...imports.values()], rest.imports, neighbour),
      ],
      migrations: used,
      secret: file.text.slice(span.start, span.end),
      cautions: cautionsOf(file, used),
      removedImportable: rest.removed.filter(({ exposure }) => exposure === 'importable').map(({ name }) => name),
      asyncCredential: trace.consumers.some(match => needsAsync(match)),
      usesIdentityPackage: used.some(({ migration }) => migration.identityPackage !== false),
    };
  } catch (error) {
    if (!(error instanceof CannotEdit)) throw error;
    return { refusal: reasonOf(error) };
  }
}

function reasonOf(error: CannotEdit): string {
  if (error.message === 'comment') {
    return 'A comment stands inside the code to be replaced and would be lost. Move the comment above the statement, then run the fix again.';
  }
  return `The call already passes ${error.message}, so the credential cannot be added. Remove it, then run the fix again.`;
}

function refuseNearbyErrors(file: SyntaxFile, nodes: readonly Node[]): Refusal | undefined {
  const torn = nodes.find(node => hasSyntaxErrorNear(file, node));
  if (torn === undefined) return undefined;
  return { refusal: `The code around line ${lineOf(torn)} has a syntax error. Correct it, then run the fix again.` };
}

function refuseUnknownUse(file: SyntaxFile, uses: readonly Node[], services: readonly Service[]): Refusal | undefined {
  const [use] = uses;
  return use && { refusal: unknownUse(file, use, services) };
}

function refuseKeyOnly(file: SyntaxFile, used: readonly ServiceMigration[]): Refusal | undefined {
  const bound = keyBoundCall(
    file,
    used.flatMap(({ service }) => service.keyOnly ?? []),
  );
  return bound && { refusal: `Line ${lineOf(bound.call)} calls ${bound.name}. ${bound.reason}` };
}

function cautionsOf(file: SyntaxFile, used: readonly ServiceMigration[]): string[] {
  const services = [...new Set(used.map(({ service }) => service))];
  return services.flatMap(service => {
    const found = keyBoundCall(file, service.cautions ?? []);
    return found === undefined ? [] : [`Line ${lineOf(found.call)} calls ${found.name}. ${found.reason}`];
  });
}

export function needsAsync(match: Match): boolean {
  return /\.aio(?:\.|$)/u.test(match.module) || match.compiled.migration.asyncCredential === true;
}

/** Endpoint computed from the construct's own connection string, or why there is none; `undefined` when none is needed. */
function endpointOf(match: Match, file: SyntaxFile): Endpoint | Refusal | undefined {
  const { endpoint, refuse } = match.compiled.migration;
  const constants = new Map<string, string>();
  for (const [name, node] of match.captures) {
    const value = constantString(node, file)?.value;
    if (value !== undefined) constants.set(name, value);
  }
  for (const { name, value } of [...match.rests.values()].flat()) {
    const known = name === undefined ? undefined : constantString(value, file)?.value;
    if (name !== undefined && known !== undefined) constants.set(name, known);
  }
  const line = lineOf(match.node);
  if ([...constants.values()].some(isLocalAddress)) return emulator(line);
  const ownReason = refuse?.(constants);
  if (ownReason !== undefined) return { refusal: ownReason };
  const key = constants.get(match.compiled.migration.secret.capture);
  if (match.compiled.migration.secret.form === 'key' && key !== undefined && /(?:^|[?&])sig=/u.test(key))
    return sas(line);
  if (endpoint.from === 'capture') return undefined;
  const secret = secretCapture(match);
  const text = secret === undefined ? undefined : constantString(secret, file)?.value;
  if (text === undefined) {
    return {
      refusal: `The connection string used on line ${line} is put together at run time, so its endpoint is not known here. Pass the endpoint and DefaultAzureCredential by hand.`,
    };
  }
  const fields = connectionStringFields(text);
  if (isEmulator(fields)) return emulator(line);
  if (fields.has('sharedaccesssignature')) return sas(line);
  const entity = fields.get('entitypath');
  if (entity !== undefined && !namedElsewhere(file, entity)) {
    return {
      refusal: `The connection string used on line ${line} names the entity "${entity}", which no call in this file does. Pass the queue or topic name where the sender or receiver is made, then run the fix again.`,
    };
  }
  const value = endpoint.derive(fields);
  if (value === undefined) {
    return {
      refusal: `The connection string used on line ${line} does not say which endpoint it is for. Pass the endpoint and DefaultAzureCredential by hand.`,
    };
  }
  return { kind: 'literal', value };
}

function sas(line: number): Refusal {
  return {
    refusal: `Line ${line} connects with a shared access signature, which grants less than the identity's role might. Decide on the role first, then change the client by hand.`,
  };
}

function emulator(line: number): Refusal {
  return {
    refusal: `Line ${line} connects to a local emulator, which accepts no token. Nothing needs to change: the emulator's key is public.`,
  };
}

/** Whether a string literal of its own says the entity's name. */
function namedElsewhere(file: SyntaxFile, entity: string): boolean {
  const says = (node: Node): boolean =>
    file.language.pieces(node) === undefined
      ? namedChildren(node).some(says)
      : constantString(node, file)?.value === entity;
  return says(file.root);
}

const noCredential = { text: '', type: '' };

/** Edits of one construct; collects the imports that its keyless form needs. */
export function constructRewrite(
  match: Match,
  endpoint: Endpoint | undefined,
  file: SyntaxFile,
  imports: Map<string, NewImport>,
): { readonly edits: readonly ConstructEdit[] } | Refusal {
  const { migration } = match.compiled;
  const imported = new Map<string, string>();
  const bring = (request: NewImport): string | undefined => {
    const name = file.language.nameFor(request, file);
    if (name?.missing === true) imports.set(`${request.module} ${request.name}`, request);
    return name?.text;
  };
  const taken = (name: string): Refusal => ({
    refusal: `The file uses the name ${name} for something else. Rename that, then run the fix again.`,
  });
  for (const [name, module] of Object.entries(migration.imports ?? {})) {
    const { identity } = file.language;
    const twin = module === identity.module && needsAsync(match) ? identity.asyncModule : undefined;
    const text = bring({ module: twin ?? module, name });
    if (text === undefined) return taken(name);
    imported.set(name, text);
  }
  const needsCredential = migration.after.includes('$CREDENTIAL');
  const credential = needsCredential ? credentialFor(file, match.node, needsAsync(match), bring) : noCredential;
  if (credential === undefined) return taken('DefaultAzureCredential');
  const literalsNeedConst =
    file.document.languageId.startsWith('typescript') &&
    match.through.some(({ binding }) => binding.valueNode && !file.language.declaredType(binding.valueNode));
  const renamed = (span: Span): string => file.text.slice(span.start, span.end);
  const rendering = { file, match, endpoint, imported, literalsNeedConst, renamed };
  return {
    edits: constructEdits(match, { ...rendering, credential: credential.text, credentialType: credential.type }),
  };
}
