import type { Node } from 'web-tree-sitter';
import { connectionStringFields } from '../formats/connection-string.ts';
import { constantString } from '../languages/constants.ts';
import { type SyntaxFile } from '../languages/syntax.ts';
import { isEmulator, isLocalAddress } from './emulator.ts';
import type { Refusal } from './fix.ts';
import { constantArguments, secretCapture } from './flow.ts';
import type { Match } from './match.ts';
import { lineOf } from './refusals.ts';
import type { Endpoint } from './render.ts';

/** Endpoint computed from the construct's own connection string, or why there is none; `undefined` when none is needed. */
export function endpointFromConstants(match: Match, file: SyntaxFile): Endpoint | Refusal | undefined {
  const { endpoint, refuse } = match.compiled.migration;
  const constants = constantArguments(match, file);
  const rest = [...match.rests.values()].flat();
  const line = lineOf(match.node);
  const ownReason = refuse?.(constants, new Set(rest.flatMap(({ name }) => name ?? [])));
  if (ownReason !== undefined) return { refusal: ownReason };
  if ([...constants.values()].some(isLocalAddress)) return emulator(line);
  const key = constants.get(match.compiled.migration.secret.capture);
  if (match.compiled.migration.secret.form === 'key' && key !== undefined && /(?:^|[?&])sig=/u.test(key))
    return sas(line);
  if (endpoint.from !== 'connectionString') return undefined;
  const secret = endpoint.of === undefined ? secretCapture(match) : match.captures.get(endpoint.of);
  return endpointFromText(match, secret && constantString(secret, file)?.value, file);
}

/** Endpoint computed from a connection string; `undefined` stands for one that is not known. */
export function endpointFromText(
  match: Match,
  text: string | undefined,
  file: SyntaxFile,
): Extract<Endpoint, { kind: 'literal' }> | Refusal {
  const line = lineOf(match.node);
  const { endpoint } = match.compiled.migration;
  if (text === undefined || endpoint.from !== 'connectionString') {
    return {
      refusal: `The connection string used on line ${line} is put together at run time, so its endpoint is not known here. Pass the endpoint and DefaultAzureCredential by hand.`,
    };
  }
  const fields = connectionStringFields(text);
  if (isEmulator(fields)) return emulator(line);
  if (fields.has('sharedaccesssignature')) return sas(line);
  const entity = fields.get('entitypath');
  if (entity === undefined && writesEntity(match)) {
    return {
      refusal: `Neither the connection string used on line ${line} nor the call names the event hub. Pass its name to the client, then run the fix again.`,
    };
  }
  if (entity !== undefined && !writesEntity(match) && !namedElsewhere(file, entity)) {
    return {
      refusal: `The connection string used on line ${line} names the entity "${entity}", which no call in this file does. Pass the queue or topic name where the sender or receiver is made, then run the fix again.`,
    };
  }
  const value = endpoint.derive(fields, text);
  if (value === undefined) {
    return {
      refusal: `The connection string used on line ${line} does not say which endpoint it is for. Pass the endpoint and DefaultAzureCredential by hand.`,
    };
  }
  return { kind: 'literal', value, entity };
}

/** Whether the keyless form needs the entity that a connection string can name. */
export function writesEntity({ compiled }: Match): boolean {
  return compiled.migration.after.includes('$ENTITY');
}

export function sas(line: number): Refusal {
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
      ? node.namedChildren.some(says)
      : constantString(node, file)?.value === entity;
  return says(file.root);
}
