import ignore, { type Ignore } from 'ignore';
import type { Severity } from './finding.ts';

/** The name of a settings file, in any folder of a repository or workspace. */
export const configFileName = '.keyless.json';

/** What becomes of a rule's findings. */
export type RuleLevel = 'off' | Severity;
/** Rule id → level. */
export type RuleLevels = Readonly<Record<string, RuleLevel>>;

export interface ConfiguredSuppression {
  readonly rule: string;
  /** Relative to the folder of the settings file, with `/`. */
  readonly path: string;
  /** One finding of the rule in the file; every one when absent. */
  readonly fingerprint?: string;
  readonly reason: string;
  /** The last day on which it holds: `YYYY-MM-DD`, UTC. */
  readonly expires?: string;
}

/** What one settings file says; everything is optional. */
export interface Config {
  readonly rules?: RuleLevels;
  /** Patterns as in `.gitignore`, relative to the folder of the settings file. */
  readonly ignore?: readonly string[];
  readonly suppressions?: readonly ConfiguredSuppression[];
  /** Look into files that git ignores, too. */
  readonly includeIgnored?: boolean;
  /** Larger files are skipped; bytes. */
  readonly maxFileSize?: number;
  /** Path of the baseline file, relative to the folder of the settings file. */
  readonly baseline?: string;
}

/** A settings file in its place. Folders are absolute, with `/` and without one at the end. */
export interface ConfigLayer {
  readonly folder: string;
  readonly config: Config;
}

/** What holds for one file or folder. */
export interface FileSettings {
  readonly levels: RuleLevels;
  /** The folder of the settings file that leaves it out; absent where it is looked at. */
  readonly ignoredBy?: string;
  /** The entries that name this file. */
  readonly suppressions: readonly ConfiguredSuppression[];
  readonly includeIgnored?: boolean;
  readonly maxFileSize?: number;
  /** Git ignores the file, so that what is in it is not committed. The caller knows. */
  readonly gitIgnored?: boolean;
}

/**
 * What the settings files above a path say together; inner ones overrule outer ones.
 * @param path absolute, with `/`
 * @param layers outermost first; an editor's own settings may be a layer before them
 */
export function settingsFor(path: string, layers: readonly ConfigLayer[], isFolder = false): FileSettings {
  const settings: { -readonly [Key in keyof FileSettings]: FileSettings[Key] } = { levels: {}, suppressions: [] };
  for (const { folder, config } of layers) {
    const inside = pathBelow(folder, path);
    if (inside === undefined) continue;
    if (config.rules !== undefined) settings.levels = { ...settings.levels, ...config.rules };
    if (config.includeIgnored !== undefined) settings.includeIgnored = config.includeIgnored;
    if (config.maxFileSize !== undefined) settings.maxFileSize = config.maxFileSize;
    const entries = config.suppressions?.filter(entry => entry.path.replace(/^\.\//u, '') === inside) ?? [];
    settings.suppressions = [...settings.suppressions, ...entries];
    if (inside === '') continue;
    const verdict = patternsOf(config)?.test(isFolder ? `${inside}/` : inside);
    if (verdict?.ignored === true) settings.ignoredBy = folder;
    else if (verdict?.unignored === true) delete settings.ignoredBy;
  }
  return settings;
}

/** `path` relative to `folder`; empty for the folder itself, `undefined` when it lies elsewhere. */
function pathBelow(folder: string, path: string): string | undefined {
  if (path === folder) return '';
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

const compiledPatterns = new WeakMap<Config, Ignore>();

function patternsOf(config: Config): Ignore | undefined {
  if (config.ignore === undefined || config.ignore.length === 0) return undefined;
  let patterns = compiledPatterns.get(config);
  if (patterns === undefined) compiledPatterns.set(config, (patterns = ignore().add(config.ignore)));
  return patterns;
}
