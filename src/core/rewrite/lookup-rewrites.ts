import type { Node } from 'web-tree-sitter';
import type { SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import { spanOf, type SettingLookup, type SyntaxFile } from '../languages/syntax.ts';
import type { CredentialChoice } from '../languages/syntax.ts';
import type { Service } from '../services/service.ts';
import { spanContains, type Span } from '../text/text-edit.ts';
import { choicesFor, connectTitle } from './credential-choices.ts';
import { guidance, isRefusal, type Fix, type FixOffer, type Refusal } from './fix.ts';
import { findMatches, secretCapture } from './flow.ts';
import { refuseGuided } from './guide.ts';
import type { Match } from './match.ts';
import { migrationsFor, type ServiceMigration } from './migrations.ts';
import { heldAround } from './settings-files.ts';
import type { HeldBySettings } from './lookup-node.ts';
import { endpointName } from './endpoint-names.ts';
import type { Naming } from './setting-names.ts';
import { planSetting, type FoundLookup } from './setting-plan.ts';
import { sourcesOf } from './sources.ts';
import type { RewriteTools } from './tools.ts';
import { verifiedFix } from './verify.ts';

/**
 * Offers for a cursor or selection where nothing was found: the client there, or the look-up there, reads its secret
 * from a setting. The client is rewritten; a connection string's setting becomes an endpoint setting.
 */
export async function rewriteAt(
  document: SourceDocument,
  span: Span,
  services: readonly Service[],
  tools: RewriteTools,
): Promise<readonly FixOffer[]> {
  if (adapterFor(document.languageId) === undefined) return [];
  const migrations = await migrationsFor(document, services, tools.languages);
  if (migrations.length === 0) return [];
  const held = await heldAround(document, tools.workspace);
  const found = await tools.languages.read(document, file => {
    const found = lookupAt(file, span, migrations, held);
    if (found === undefined) return undefined;
    const { match } = found;
    const guided = refuseGuided([match]);
    if (guided !== undefined) return guided;
    const { service, migration } = match.compiled as ServiceMigration;
    return choicesFor(file, [match], tools.identities?.() ?? []).map(offer => ({
      ...offer,
      title: migration.title ?? connectTitle(service, offer.words) + insteadOf(found),
    }));
  });
  if (found === undefined) return [];
  if ('refusal' in found) return [guidance(found)];
  return found.map(({ id, title, choice }) => ({
    id,
    title,
    isPreferred: false,
    build: () => buildRewrite(document, span, services, tools, choice),
  }));
}

/** What the rewrite reads, and what it reads no more. */
function insteadOf({ match, lookup }: FoundLookup & { readonly match: Match }): string {
  const { endpoint } = match.compiled.migration;
  if (endpoint.from === 'capture') return ` instead of ${lookup.name}`;
  if (endpoint.from === 'connectionString' && endpoint.setting.keepsName === true) {
    return `, without the secret in ${lookup.name}`;
  }
  const name = endpoint.from === 'setting' ? endpoint.setting.name : endpointName(lookup, endpoint.setting);
  return ` and ${name} instead of ${lookup.name}`;
}

async function buildRewrite(
  document: SourceDocument,
  span: Span,
  services: readonly Service[],
  tools: RewriteTools,
  choice: CredentialChoice,
): Promise<Fix | Refusal> {
  const migrations = await migrationsFor(document, services, tools.languages);
  const held = await heldAround(document, tools.workspace);
  const build = async (naming: Naming): Promise<Fix | Refusal> => {
    const plan = await tools.languages.read(document, file => {
      const found = lookupAt(file, span, migrations, held);
      return found && planSetting(file, found, migrations, services, choice, undefined, held, naming);
    });
    if (plan === undefined) return { refusal: 'The text changed since the fix was offered. Ask for it again.' };
    return 'refusal' in plan ? plan : verifiedFix(document, plan, services, tools);
  };
  const result = await build('plain');
  return isRefusal(result) && result.taken === true ? build('own') : result;
}

/** The construct at a place that gets its secret from a setting: the cursor is in the construct or in the look-up. */
function lookupAt(
  file: SyntaxFile,
  span: Span,
  migrations: readonly ServiceMigration[],
  held: HeldBySettings | undefined,
): (FoundLookup & { readonly match: Match }) | undefined {
  const candidates = findMatches(file, migrations, held).flatMap(match => {
    const secret = secretCapture(match);
    const sources = secret === undefined ? [] : sourcesOf(file, secret);
    return sources.flatMap(source => {
      if (source.kind !== 'setting' || !takesSecret(match, source.lookup, file) || passesKeyless(match)) return [];
      const near = [match.node, file.language.statementOf(source.node)];
      return near.some(place => spanContains(spanOf(place), span)) ? [{ ...source, match }] : [];
    });
  });
  const size = ({ match }: { match: Match }): number => match.node.endIndex - match.node.startIndex;
  const [best] = candidates.sort((a, b) => size(a) - size(b));
  return best;
}

/** Whether an argument is called or made as a credential that is no key. */
function isToken(value: Node): boolean {
  return (
    /(?:^|[._])_?(?:token_?)?cred(?:ential)?$/iu.test(value.text) ||
    /^(?:new )?Default\w*Credential\b/u.test(value.text)
  );
}

/** Whether the construct has an argument already that the keyless form would bring: it is keyless, or can be both. */
function passesKeyless({ compiled, rests }: Match): boolean {
  const names = (pattern: string): string[] =>
    [...pattern.matchAll(/[({,] ?(\w+)(?:=|: )/gu)].map(([, name = '']) => name);
  const { before, after } = compiled.migration;
  const known = names(before);
  const brought = names(after).filter(name => !known.includes(name));
  const others = [...rests.values()].flat();
  return others.some(({ name, value }) => (name === undefined ? isToken(value) : brought.includes(name)));
}

/**
 * Constructors take an endpoint in the same place as a connection string. Without its text, the setting's name and
 * the arguments behind it must tell the two apart.
 */
function takesSecret(match: Match, lookup: SettingLookup, file: SyntaxFile): boolean {
  const { secret, before, endpoint } = match.compiled.migration;
  if (endpoint.from === 'connectionString' && endpoint.setting.keepsName === true) return true;
  const said = match.compiled.before.root.chain !== undefined || !/^new /u.test(before);
  if (secret.form === 'connectionString' && /(?:DATABASE|SQL|POSTGRES)_UR[IL]$/iu.test(lookup.name)) return true;
  if (secret.form === 'key' || said) return !/ENDPOINT|_UR[IL]$/iu.test(lookup.name);
  // A section such as `ConnectionStrings` may hold an endpoint by now.
  const last = lookup.name.split(/:|__/u).at(-1) ?? lookup.name;
  if (last !== lookup.name && /Endpoint$|UR[IL]$|Namespace$/u.test(last)) return false;
  if (/CONN|AzureWebJobsStorage/iu.test(lookup.name)) return true;
  if (/ENDPOINT|UR[IL]$|NAMESPACE|HOST/iu.test(lookup.name)) return false;
  const others = [...match.rests.values()].flat();
  return others.every(({ value }) => file.language.list(value)?.kind === 'object');
}
