import type { Node } from 'web-tree-sitter';
import type { Parameter } from '../languages/parameters.ts';
import type { Binding, CredentialChoice, NewImport, SyntaxFile } from '../languages/syntax.ts';
import { applyEdits, spanContains, type Span, type TextEdit } from '../text/text-edit.ts';
import { CannotEdit, type ConstructEdit } from './construct-edit.ts';
import {
  credentialFor,
  type Credential,
  type CredentialPlan,
  type CredentialSite,
  type SharedCredentials,
} from './credential.ts';
import type { FollowUp, Refusal } from './fix.ts';
import { constantArguments } from './flow.ts';
import { refuseIdentityBranch } from './identity-branch.ts';
import type { Match } from './match.ts';
import { needsAsync } from './needs-async.ts';
import type { ServiceMigration } from './migrations.ts';
import type { Service, SettingName } from '../services/service.ts';
import { serviceUse, type ServiceUse } from './needed-roles.ts';
import { hasSyntaxErrorNear, keyBoundCall, lineOf } from './refusals.ts';
import { shownName } from './settings-files.ts';
import type { Endpoint } from './render.ts';
import { refuseLostComments } from './replacing.ts';
import type { SettingChange } from './setting-change.ts';
import { editsWithStatements } from './statements.ts';
import { signInOf } from './registration.ts';
import { withoutParameters } from './parameter-edits.ts';
import { nothingShared, shareCredentials } from './shared-credential.ts';
import { leftovers } from './unused.ts';

/** A rewrite of one file, not yet checked. */
export interface Plan {
  readonly edits: readonly TextEdit[];
  readonly migrations: readonly ServiceMigration[];
  /** What the file does with the services that it connects to. */
  readonly uses: ReadonlyMap<Service, ServiceUse>;
  /** The embedded secret as written; must be gone afterwards. */
  readonly secret: string | undefined;
  readonly cautions: readonly string[];
  /** Names that other files might import and that are removed. */
  readonly removedImportable: readonly string[];
  readonly asyncCredential: boolean;
  /** How the new code signs in; absent where it does not. */
  readonly choice?: CredentialChoice;
  readonly usesIdentityPackage: boolean;
  /** What becomes of the settings that held the secret. */
  readonly settings: readonly SettingChange[];
  /** Functions whose parameter has another meaning afterwards, and that other files can call. */
  readonly visible: readonly VisibleFunction[];
  /** What this rewrite in particular leaves to do. */
  readonly followUps: readonly FollowUp[];
}

export interface VisibleFunction {
  readonly name: string;
  /** Called by the name of its type. */
  readonly isType: boolean;
  /** Within reach of other files, and not meant for them as far as the language says. */
  readonly importable: boolean;
}

export interface ConsumerPlan {
  /** Where the value comes from. */
  readonly start: Node;
  readonly secret: string | undefined;
  /** Names that must be gone afterwards. */
  readonly secretBindings: ReadonlySet<Binding>;
  readonly endpointOf: (match: Match) => Endpoint | Refusal | undefined;
  /** Changes that hold wherever the text ends up: settings and variables that get another name. */
  readonly renames: readonly TextEdit[];
  readonly followUps: readonly FollowUp[];
  readonly choice: CredentialChoice;
  readonly settings?: readonly SettingChange[];
  readonly visible?: readonly VisibleFunction[];
  /** Calls that need a key and get it by themselves, not from a client that is rewritten. */
  readonly keyCallsAside?: ReadonlySet<number>;
  /** Parameters that go, with what calls pass to them. */
  readonly dropped?: readonly Parameter[];
}

/** Rewrites constructs that take one and the same value, and clears up behind them. */
export function planConsumers(file: SyntaxFile, consumers: readonly Match[], plan: ConsumerPlan): Plan | Refusal {
  const used = consumers.map(match => match.compiled as ServiceMigration);
  const refusal =
    refuseNearbyErrors(file, [plan.start, ...consumers.map(match => match.node)]) ??
    refuseKeyOnly(file, used, plan.keyCallsAside) ??
    refuseIdentityBranch(file, consumers);
  if (refusal !== undefined) return refusal;
  const inline: CredentialSite[] = [];
  const own = planWith(file, consumers, plan, nothingShared, inline);
  // Which places need a credential is known once they are written.
  const shared = 'refusal' in own ? undefined : shareCredentials(file, inline, plan.choice);
  if (shared !== undefined) return planWith(file, consumers, plan, shared, []);
  const homeless = inline.find(({ again }) => again);
  if (homeless === undefined || 'refusal' in own) return own;
  return {
    refusal: `The client on line ${lineOf(homeless.node)} asks for a token for each connection, and there is no place for a credential that outlives them. Declare one above it, then run the fix again.`,
  };
}

function planWith(
  file: SyntaxFile,
  consumers: readonly Match[],
  plan: ConsumerPlan,
  shared: SharedCredentials,
  inline: CredentialSite[],
): Plan | Refusal {
  const used = consumers.map(match => match.compiled as ServiceMigration);
  try {
    const edits: ConstructEdit[] = [];
    const endpoints = new Map<Service, string>();
    const imports = new Map<string, NewImport>();
    const brought = new Set<string>();
    const bring = (request: NewImport): string | undefined => {
      const name = file.language.nameFor(request, file);
      brought.add(request.module).add(`${request.module} ${request.name}`);
      if (name?.missing === true) imports.set(`${request.module} ${request.name}`, request);
      return name?.text;
    };
    const credentials: CredentialPlan = { choice: plan.choice, shared, inline, prepared: [], taken: new Set() };
    for (const match of consumers) {
      const dropped = refuseDroppedArguments(match);
      if (dropped !== undefined) return dropped;
      const endpoint = plan.endpointOf(match);
      if (endpoint !== undefined && 'refusal' in endpoint) return endpoint;
      const { service } = match.compiled as ServiceMigration;
      const address = [...constantArguments(match, file).values()].find(value => /^https:\/\//u.test(value));
      const stated = endpoint?.kind === 'literal' ? endpoint.value : address;
      if (stated !== undefined) endpoints.set(service, stated);
      const result = constructRewrite(match, endpoint, file, bring, credentials, plan);
      if ('refusal' in result) return result;
      edits.push(...result.edits);
    }
    const identity = ({ span, newText }: TextEdit): string => `${span.start} ${span.end} ${newText}`;
    edits.push(...signInOf(file, consumers, plan.choice, bring));
    edits.push(...withoutParameters(file, plan.dropped ?? []));
    const sharing = shared.edits(bring);
    const unique = [...new Map([...sharing, ...edits].map(edit => [identity(edit), edit])).values()];
    const rest = leftovers(file, unique, plan.secretBindings);
    const kept = [...plan.secretBindings].find(binding => !rest.removed.includes(binding));
    if (kept !== undefined) {
      return { refusal: `${kept.name} still holds the secret after the rewrite. Remove its other uses first.` };
    }
    const busy = plan.dropped?.find(({ binding }) => rest.keeps(binding));
    if (busy !== undefined) {
      return {
        refusal: `The parameter ${busy.binding.name} of ${busy.signature.nameNode.text} has other uses. Remove those first, then run the fix again.`,
      };
    }
    if (rest.unused !== undefined) {
      return {
        refusal: `${rest.unused} would be left without a use, which does not compile. Remove what it is for, then run the fix again.`,
      };
    }
    const described = rest.removed.find(
      ({ kind, declaration }) =>
        kind === 'helper' && declaration !== undefined && file.language.isComment(aboveOf(declaration)),
    );
    if (described !== undefined) {
      return {
        refusal: `The comment above ${described.name} would be left without what it describes. Remove or move the comment, then run the fix again.`,
      };
    }
    for (const edit of rest.edits) refuseLostComments(file.root, edit.span, [], file);
    const declared = new Set<TextEdit>(sharing);
    const changed = [...unique, ...rest.edits].map(edit =>
      declared.has(edit) ? parted(edit, rest.edits, file) : edit,
    );
    const renames = plan.renames.filter(({ span }) => !changed.some(edit => spanContains(edit.span, span)));
    const neighbour = consumers.map(match => match.module);
    const idle = rest.imports.filter(
      ({ exported, module }) => !brought.has(exported === '*' ? module : `${module} ${exported}`),
    );
    const importEdits = file.language.importEdits(file, [...imports.values()], idle, neighbour);
    const all = [...changed, ...renames, ...importEdits];
    if (overlap(all)) {
      return {
        refusal: 'The clients to be changed stand inside one another. Give the inner one a variable of its own first.',
      };
    }
    return {
      edits: all,
      migrations: used,
      uses: new Map(used.map(({ service }) => [service, serviceUse(file, service, endpoints.get(service))] as const)),
      secret: plan.secret,
      cautions: cautionsOf(file, used),
      removedImportable: rest.removed.filter(({ exposure }) => exposure === 'importable').map(({ name }) => name),
      asyncCredential: consumers.some(needsAsync),
      ...(used.some(signsIn) ? { choice: plan.choice } : {}),
      usesIdentityPackage: used.some(({ migration }) => migration.identityPackage !== false),
      followUps: [...newSettings(used), ...plan.followUps],
      settings: plan.settings ?? [],
      visible: plan.visible ?? [],
    };
  } catch (error) {
    if (!(error instanceof CannotEdit)) throw error;
    return { refusal: reasonOf(error) };
  }
}

function writesCredential({ migration: { after, ahead = [], becomes, behind } }: ServiceMigration): boolean {
  const texts = [after, becomes?.value, behind?.text, ...ahead.flatMap(statement => Object.values(statement))];
  return texts.some(text => typeof text === 'string' && text.includes('$CREDENTIAL'));
}

function signsIn(compiled: ServiceMigration): boolean {
  return writesCredential(compiled) || compiled.migration.signsInBy !== undefined;
}

/** Tells to set what the rewritten code reads. */
export function setSetting(lookedUp: string, { holds }: SettingName): FollowUp {
  const name = shownName(lookedUp);
  return {
    kind: 'setEndpoint',
    message: `Set ${name} to ${holds} wherever the app runs.`,
    copyable: `${name}=${holds}`,
    together: { key: 'set everywhere', message: 'Set {} wherever the app runs.', item: `${name} to ${holds}` },
  };
}

function newSettings(used: readonly ServiceMigration[]): FollowUp[] {
  const settings = used.flatMap(({ migration: { endpoint } }) =>
    endpoint.from === 'setting' ? [endpoint.setting] : [],
  );
  return [...new Map(settings.map(setting => [setting.name, setSetting(setting.name, setting)])).values()];
}

/** What ends on the line above a declaration, or the declaration itself. */
function aboveOf(declaration: Node): Node {
  const statement = declaration.type === 'variable_declarator' ? (declaration.parent ?? declaration) : declaration;
  const above = statement.previousNamedSibling ?? statement.parent?.previousNamedSibling;
  return above?.endPosition.row === statement.startPosition.row - 1 ? above : declaration;
}

/** A member that takes the place of a removed one keeps the blank line that stood below that. */
function parted(edit: TextEdit, removals: readonly TextEdit[], file: SyntaxFile): TextEdit {
  const removal = removals.find(({ span, newText }) => newText === '' && span.start === edit.span.start);
  const removed = removal === undefined ? '' : file.text.slice(removal.span.start, removal.span.end);
  const blank = /(\r?\n)[^\S\n]*\n$/u.exec(removed)?.[1];
  return blank === undefined || /\n\r?\n$/u.test(edit.newText) ? edit : { ...edit, newText: edit.newText + blank };
}

function overlap(edits: readonly TextEdit[]): boolean {
  const ordered = edits.map(({ span }) => span).sort((a, b) => a.start - b.start || a.end - b.end);
  return ordered.some((span, i) => span.start < (ordered[i - 1]?.end ?? 0));
}

/** Arguments that the keyless form has no place for may be what makes the client work, e.g. another cloud's authority. */
function refuseDroppedArguments(match: Match): Refusal | undefined {
  const { after } = match.compiled.migration;
  const dropped = [...match.rests].find(([name, elements]) => elements.length > 0 && !after.includes(`$$$${name}`));
  return (
    dropped && {
      refusal: `Line ${lineOf(match.node)} passes options along with the secret. Pass what they say to DefaultAzureCredential by hand.`,
    }
  );
}

function reasonOf(error: CannotEdit): string {
  if (error.refusal !== undefined) return error.refusal;
  if (error.message === 'comment') {
    return 'A comment stands inside the code to be replaced and would be lost. Move the comment above the statement, then run the fix again.';
  }
  if (error.message === 'type') {
    return 'The credential is returned or kept under its own type. Declare that place with the general type of token credentials, then run the fix again.';
  }
  return `The call already passes ${error.message}, so the credential cannot be added. Remove it, then run the fix again.`;
}

function refuseNearbyErrors(file: SyntaxFile, nodes: readonly Node[]): Refusal | undefined {
  const torn = nodes.find(node => hasSyntaxErrorNear(file, node));
  if (torn === undefined) return undefined;
  return { refusal: `The code around line ${lineOf(torn)} has a syntax error. Correct it, then run the fix again.` };
}

function refuseKeyOnly(
  file: SyntaxFile,
  used: readonly ServiceMigration[],
  aside: ReadonlySet<number> | undefined,
): Refusal | undefined {
  const bound = keyBoundCall(
    file,
    used.flatMap(({ service }) => service.keyOnly ?? []),
    aside,
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

/** The text of a span with the edits that lie inside it. */
export function textWith(text: string, span: Span, edits: readonly TextEdit[]): string {
  const inside = edits
    .filter(edit => spanContains(span, edit.span))
    .map(edit => ({ ...edit, span: { start: edit.span.start - span.start, end: edit.span.end - span.start } }));
  return applyEdits(text.slice(span.start, span.end), inside);
}

const noCredential: Credential = { text: () => '', creation: () => '', type: () => '' };

/** Edits of one construct; `bring` collects the imports that its keyless form needs. */
function constructRewrite(
  match: Match,
  endpoint: Endpoint | undefined,
  file: SyntaxFile,
  bring: (request: NewImport) => string | undefined,
  credentials: CredentialPlan,
  { start: like, renames }: ConsumerPlan,
): { readonly edits: readonly ConstructEdit[] } | Refusal {
  const { migration } = match.compiled;
  const imported = new Map<string, string>();
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
  const needsCredential = writesCredential(match.compiled as ServiceMigration);
  const statements: ConstructEdit[] = [];
  const credential = needsCredential
    ? credentialFor(
        file,
        match.node,
        needsAsync(match),
        bring,
        credentials,
        statements,
        migration.credential === 'declared',
      )
    : noCredential;
  if (credential === undefined) return taken('DefaultAzureCredential');
  const literalsNeedConst =
    file.document.languageId.startsWith('typescript') &&
    match.through.some(
      ({ binding: { valueNode } }) =>
        valueNode !== undefined &&
        file.language.list(valueNode)?.kind === 'object' &&
        !file.language.declaredType(valueNode),
    );
  const renamed = (span: Span): string => textWith(file.text, span, renames);
  const rendering = { file, match, endpoint, like, imported, literalsNeedConst, renamed };
  const setting = (): string => {
    const { environment } = file.language;
    if (migration.endpoint.from !== 'setting') throw new Error(`No setting for ${migration.after}`);
    const reader = environment.needs && bring(environment.needs);
    if (environment.needs !== undefined && reader === undefined) {
      throw new CannotEdit('statement', taken(environment.needs.name).refusal);
    }
    return environment.read(migration.endpoint.setting.name, file, reader ?? '');
  };
  const edits = editsWithStatements(match, { ...rendering, credential, setting }, credentials.taken);
  return { edits: [...statements, ...edits] };
}
