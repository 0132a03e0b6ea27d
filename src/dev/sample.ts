import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Severity } from '../core/engine/finding.ts';
import { createStandIns, type StandIns, type SimpleStandIn } from '../core/secrets/stand-ins.ts';
import { demoCompany } from '../demo/index.ts';

/** A mistake that was put into the sample workspace on purpose. */
export interface PlantedMistake {
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  /** 0-based. */
  readonly line: number;
  readonly ruleId: string;
  /** Where it is not the rule's own. */
  readonly severity?: Severity;
}

/** Templates keep their names but for `.txt` at the end and `dot.` for a leading dot, so that no tool takes them for ours. */
const templates = fileURLToPath(new URL('sample/', import.meta.url));

/**
 * Writes the sample workspace into `folder`, which exists: a small shop with realistic mistakes in code, configuration
 * and infrastructure beside files that are as they should be. Its secrets are stand-ins, the same on every machine.
 * @returns what was planted, in file and line order
 */
export async function makeSampleWorkspace(folder: string): Promise<readonly PlantedMistake[]> {
  const standIns = createStandIns(20_250_601);
  const planted: PlantedMistake[] = [];
  const names = (await readdir(templates, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(templates.length).replaceAll('\\', '/'))
    .sort();
  for (const name of names) {
    const file = name
      .replace(/\.txt$/, '')
      .split('/')
      .map(part => part.replace(/^dot\./, '.'))
      .join('/');
    const { text, mistakes } = plant(await readFile(join(templates, name), 'utf8'), standIns);
    planted.push(...mistakes.map(mistake => ({ file, ...mistake })));
    await write(join(folder, file), text);
  }
  await write(join(folder, '.vscode/settings.json'), `${JSON.stringify(workspaceSettings(), undefined, 2)}\n`);
  return planted.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

/** The shop front as the App Service extension remembers it, and the mailer as linked by Keyless itself. */
function workspaceSettings(): Record<string, unknown> {
  const idOf = (name: string): string => {
    const site = demoCompany().sites.find(({ id }) => id.endsWith(`/sites/${name}`));
    if (site === undefined) throw new Error(`The demo tenant has no app ${name}`);
    return site.id;
  };
  return {
    'appService.defaultWebAppToDeploy': idOf('demo-toys-shop'),
    'keyless.linkedApps': [idOf('demo-toys-mailer')],
  };
}

/**
 * `{{secret:KIND:RULE}}` becomes a stand-in that RULE must find, `{{silent:KIND}}` one that must stay silent. A third
 * word is another severity, or `json` for a value as .NET serializes it.
 */
const mark = /\{\{(?<purpose>secret|silent):(?<kind>\w+)(?::(?<rule>[\w-]+))?(?::(?<extra>\w+))?\}\}/g;

function plant(template: string, standIns: StandIns): { text: string; mistakes: Omit<PlantedMistake, 'file'>[] } {
  const mistakes: Omit<PlantedMistake, 'file'>[] = [];
  const lines = template.split('\n').map((content, line) =>
    content.replaceAll(mark, (...args: unknown[]) => {
      const { purpose, kind, rule, extra } = args.at(-1) as Record<string, string | undefined>;
      const value = standIn(standIns, kind ?? '');
      if (purpose === 'secret' && rule !== undefined) {
        mistakes.push({ line, ruleId: rule, ...(isSeverity(extra) ? { severity: extra } : {}) });
      }
      return extra === 'json' ? value.replaceAll('+', '\\u002B') : value;
    }),
  );
  return { text: lines.join('\n'), mistakes };
}

function isSeverity(word: string | undefined): word is Severity {
  return word === 'error' || word === 'warning' || word === 'information';
}

function standIn(standIns: StandIns, kind: string): string {
  if (!(kind in standIns) || standIns[kind as keyof StandIns].length > 0) throw new Error(`No stand-in called ${kind}`);
  return standIns[kind as SimpleStandIn]();
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
