import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import type { AzureConnection, FleetOptions } from '../azure/index.ts';
import type { AppModel, Problem } from '../core/rbac/identity-model.ts';
import { auditedApp } from '../core/report/audit-json.ts';
import { appText, problemsText } from '../core/report/audit-text.ts';
import { type CommandIo, EXIT, UsageError } from './io.ts';
import { reasonOf } from './output.ts';

export interface FleetAudit {
  readonly connection: AzureConnection;
  readonly scope: NonNullable<FleetOptions['scope']>;
  readonly format: 'text' | 'json';
  readonly output: string | undefined;
}

/**
 * Audits a whole fleet and writes each app as soon as it was read, so that memory does not grow with their number.
 * @returns 0 when everything was read, 1 when something could not be read
 */
export async function auditFleet({ connection, scope, format, output }: FleetAudit, io: CommandIo): Promise<number> {
  const { readFleet, AzureReadError } = await import('../azure/index.ts');
  const sink = openSink(output, io);
  const problems: Problem[] = [];
  let apps = 0;
  let first = true;
  const json = format === 'json';
  try {
    if (json) await sink.write('{\n  "apps": [');
    // A slot may come with the page after its site's.
    let earlier: readonly AppModel[] = [];
    for await (const model of readFleet(connection, { scope, signal: io.signal })) {
      const known = [...earlier, ...model.apps];
      const texts = model.apps.map(app => (json ? JSON.stringify(auditedApp(app, known), undefined, 2) : appText(app)));
      for (const text of texts) {
        await sink.write(json ? `${first ? '' : ','}\n${text.replace(/^/gm, '    ')}` : `${text}\n`);
        first = false;
      }
      earlier = model.apps;
      apps += model.apps.length;
      problems.push(...model.problems);
      if (io.stderr.isTTY === true) io.stderr.write(`\r\u001b[K${apps} apps`);
    }
  } catch (error) {
    if (!(error instanceof AzureReadError)) throw error;
    problems.push(error.problem);
  }
  if (io.stderr.isTTY === true) io.stderr.write('\r\u001b[K');
  const asOf = new Date().toISOString();
  await sink.write(
    json
      ? `${first ? '' : '\n  '}],\n  "problems": ${JSON.stringify(problems, undefined, 2).replace(/\n/g, '\n  ')},\n  "asOf": "${asOf}"\n}\n`
      : `${apps} apps\n${problemsText(problems)}As of ${asOf}\n`,
  );
  await sink.end();
  return problems.length > 0 ? EXIT.findings : EXIT.clean;
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
