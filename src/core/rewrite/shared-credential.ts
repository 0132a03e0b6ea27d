import type { Node } from 'web-tree-sitter';
import type { CredentialChoice, NewImport, SyntaxFile } from '../languages/syntax.ts';
import { spanOf } from '../languages/syntax.ts';
import { spanContains } from '../text/text-edit.ts';
import type { ConstructEdit } from './construct-edit.ts';
import {
  createCredential,
  credentialRequest,
  credentialText,
  isCredential,
  isHeld,
  type CredentialSite,
  type SharedCredentials,
} from './credential.ts';
import { callsIn } from './refusals.ts';

export const nothingShared: SharedCredentials = { nameAt: () => undefined, edits: () => [] };

interface Shared {
  readonly scope: Node;
  readonly asynchronous: boolean;
  readonly name: string;
  readonly earlier: readonly Node[];
  readonly declare: (bring: (request: NewImport) => string | undefined) => ConstructEdit;
}

/**
 * Every credential keeps tokens of its own: one is declared for all clients of a file or type as soon as there are
 * several, or one that is made again and again. `undefined` when each place may as well have its own.
 */
export function shareCredentials(
  file: SyntaxFile,
  inline: readonly CredentialSite[],
  choice: CredentialChoice,
): SharedCredentials | undefined {
  const { shared: sharing } = file.language;
  if (sharing === undefined || inline.length === 0) return undefined;
  const scopeOf = (site: Node, asynchronous: boolean): Node | undefined =>
    asynchronous ? sharing.functionOf?.(site) : sharing.scopeOf(site);
  const found = [false, true].flatMap(asynchronous => {
    const own = inline.filter(site => site.asynchronous === asynchronous);
    return sharedBy(file, own, choice, asynchronous, site => scopeOf(site, asynchronous));
  });
  if (found.length === 0) return undefined;
  return {
    nameAt: (site, asynchronous) =>
      found.find(each => each.asynchronous === asynchronous && each.scope.id === scopeOf(site, asynchronous)?.id)?.name,
    edits: bring =>
      found.flatMap(({ name, earlier, declare }) => [
        declare(bring),
        ...earlier.map(node => ({ span: spanOf(node), newText: name, keeps: [] })),
      ]),
  };
}

function sharedBy(
  file: SyntaxFile,
  inline: readonly CredentialSite[],
  choice: CredentialChoice,
  asynchronous: boolean,
  scopeOf: (site: Node) => Node | undefined,
): Shared[] {
  const sites = inline.map(({ node }) => node);
  const again = inline.some(site => site.again);
  const byScope = new Map<number, { readonly scope: Node; readonly sites: Node[] }>();
  // A client and the old credential in its arguments are one place, described twice.
  const apart = sites.filter(
    site => !sites.some(other => other.id !== site.id && spanContains(spanOf(site), spanOf(other))),
  );
  for (const site of apart) {
    const scope = scopeOf(site);
    if (scope === undefined) continue;
    const known = byScope.get(scope.id);
    if (known === undefined) byScope.set(scope.id, { scope, sites: [site] });
    else if (!known.sites.some(({ id }) => id === site.id)) known.sites.push(site);
  }
  return [...byScope.values()].flatMap(
    group => declared(file, group.scope, group.sites, again, choice, asynchronous) ?? [],
  );
}

function declared(
  file: SyntaxFile,
  scope: Node,
  sites: readonly Node[],
  again: boolean,
  choice: CredentialChoice,
  asynchronous: boolean,
): Shared | undefined {
  const sharing = file.language.shared;
  const request = credentialRequest(file, asynchronous);
  const typeName = file.language.nameFor(request, file)?.text;
  if (sharing === undefined || typeName === undefined) return undefined;
  const earlier = writtenOnTheSpot(file, scope, request.module, typeName, choice);
  // One that has to be closed belongs to what makes and closes its clients.
  const often = !asynchronous && (again || sites.some(site => sharing.runsOften(site)));
  if (!often && sites.length + earlier.length < 2) return undefined;
  const all = [...sites, ...earlier];
  const place = asynchronous ? sharing.placeInFunction?.(file, scope, all) : sharing.place(file, scope, all);
  const name = place?.names.find(candidate => !file.symbols.bindings.some(binding => binding.name === candidate));
  if (place === undefined || name === undefined) return undefined;
  return {
    scope,
    asynchronous,
    name,
    earlier,
    declare(bring) {
      bring(request);
      const { declaredAs } = file.language.identity;
      const type = (declaredAs && bring(declaredAs)) ?? typeName;
      return { ...place.declare(name, type, createCredential(file, typeName, choice, bring)), keeps: [] };
    },
  };
}

/** Credentials just like the new one that stand in an argument: an earlier fix wrote one there while it was alone. */
function writtenOnTheSpot(
  file: SyntaxFile,
  scope: Node,
  module: string,
  typeName: string,
  choice: CredentialChoice,
): Node[] {
  const compact = (text: string): string => text.replace(/\s/gu, '');
  const text = credentialText(file, typeName, choice, ({ name }) => name);
  if (text === undefined) return [];
  return callsIn(file).filter(
    call =>
      scope.startIndex <= call.startIndex &&
      call.endIndex <= scope.endIndex &&
      compact(call.text) === compact(text) &&
      !isHeld(call, file) &&
      isCredential(call, file, module),
  );
}
