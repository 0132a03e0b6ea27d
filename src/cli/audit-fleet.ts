import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import type { AzureConnection, FindOrphansOptions, FleetOptions } from '../azure/index.ts';
import type { AppModel, OrphanedAssignment, Problem } from '../core/rbac/identity-model.ts';
import { auditedOrphan } from '../core/report/audit-details.ts';
import { auditedApp } from '../core/report/audit-json.ts';
import { appText, orphansText, problemsText } from '../core/report/audit-text.ts';
import { type CommandIo, EXIT, UsageError } from './io.ts';
import { reasonOf } from './output.ts';

export interface FleetAudit {
  readonly connection: AzureConnection;
  readonly scope: NonNullable<FleetOptions['scope']>;
  readonly format: 'text' | 'json';
  readonly output: string | undefined;
}

/**
 * Audits a whole fleet and writes each app as soon as it was read, so that memory does not grow with their number; then
 * the orphaned role assignments, where Microsoft Graph may be asked.
 * @returns 0 when everything was read, 1 when something could not be read
 */
export async function auditFleet({ connection, scope, format, output }: FleetAudit, io: CommandIo): Promise<number> {
  const { readFleet, witnessesOf, AzureReadError } = await import('../azure/index.ts');
  const sink = openSink(output, io);
  const problems: Problem[] = [];
  let apps = 0;
  let first = true;
  const witnesses = new Map<string, string>();
  const item = async (value: unknown): Promise<void> => {
    const text = JSON.stringify(value, undefined, 2).replace(/^/gm, '    ');
    await sink.write(`${first ? '' : ','}\n${text}`);
    first = false;
  };
  const json = format === 'json';
  try {
    if (json) await sink.write('{\n  "apps": [');
    // A slot may come with the page after its site's.
    let earlier: readonly AppModel[] = [];
    for await (const model of readFleet(connection, { scope, signal: io.signal })) {
      const known = [...earlier, ...model.apps];
      for (const app of model.apps) {
        if (json) await item(auditedApp(app, known));
        else await sink.write(`${appText(app)}\n`);
      }
      for (const [tenant, principal] of witnessesOf(model.apps)) witnesses.set(tenant, principal);
      earlier = model.apps;
      apps += model.apps.length;
      problems.push(...model.problems);
      if (io.stderr.isTTY === true) io.stderr.write(`\r\u001b[K${apps} apps`);
    }
  } catch (error) {
    if (!(error instanceof AzureReadError)) throw error;
    problems.push(error.problem);
  }
  const orphans = await orphansOf({ connection, scope, witnesses, problems }, io.signal);
  if (io.stderr.isTTY === true) io.stderr.write('\r\u001b[K');
  const asOf = new Date().toISOString();
  const rest = { orphans: orphans?.map(auditedOrphan) ?? null, problems, asOf };
  await sink.write(
    json
      ? `${apps === 0 ? '' : '\n  '}],${JSON.stringify(rest, undefined, 2).slice(1)}\n`
      : `${apps} apps\n${orphans ? orphansText(orphans) : ''}${problemsText(problems)}As of ${asOf}\n`,
  );
  await sink.end();
  return problems.length > 0 ? EXIT.findings : EXIT.clean;
}

/** The few assignments whose principal is gone; `undefined` where that could not be told. */
async function orphansOf(
  { connection, ...options }: FindOrphansOptions & { readonly connection: AzureConnection },
  signal: AbortSignal,
): Promise<readonly OrphanedAssignment[] | undefined> {
  if (!connection.directory || options.witnesses.size === 0 || signal.aborted) return undefined;
  const { findOrphans, AzureReadError } = await import('../azure/index.ts');
  const orphans: OrphanedAssignment[] = [];
  try {
    for await (const page of findOrphans(connection, { ...options, signal })) orphans.push(...page);
    return orphans;
  } catch (error) {
    if (!(error instanceof AzureReadError)) throw error;
    options.problems.push(error.problem);
    return undefined;
  }
}

interface Sink {
  readonly write: (text: string) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Waits for a reader that is slower than Azure, so that nothing piles up. */
function openSink(file: string | undefined, io: CommandIo): Sink {
  if (file === undefined) {
    return {
      async write(text) {
        if (io.stdout.write(text) === false && isEmitter(io.stdout)) await once(io.stdout, 'drain');
      },
      end: () => Promise.resolve(),
    };
  }
  const stream = createWriteStream(resolve(io.cwd, file));
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', error => reject(new UsageError(`Cannot write ${file}: ${reasonOf(error)}`)));
  });
  failed.catch(() => undefined);
  return {
    async write(text) {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
    },
    async end() {
      stream.end();
      await Promise.race([once(stream, 'close'), failed]);
    },
  };
}

function isEmitter(value: object): value is NodeJS.EventEmitter {
  return 'once' in value;
}
