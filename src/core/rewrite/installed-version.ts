import { parse } from 'jsonc-parser';
import type { SourceDocument } from '../engine/finding.ts';
import type { CodeLanguage } from '../services/service.ts';
import type { WorkspaceView } from './fix.ts';

/** The version of a package as a file states it. */
export interface StatedVersion {
  /** The lowest that fits, e.g. `12.0.0` for `^12.0.0`. */
  readonly version: string;
  /** The file that says so. */
  readonly uri: string;
}

type Reader = (text: string, name: string) => string | undefined;

/** Files that name versions, those that say what is installed before those that say what may be. */
const sources: Readonly<Record<CodeLanguage, readonly (readonly [file: RegExp, read: Reader])[]>> = {
  typescript: [
    [/^package-lock\.json$/u, fromPackageLock],
    [/^package\.json$/u, fromPackageJson],
  ],
  python: [
    [/^(?:uv|poetry)\.lock$/u, fromTomlLock],
    [/^requirements\.txt$/u, fromRequirements],
    [/^pyproject\.toml$/u, fromPyproject],
  ],
  csharp: [
    [/\.csproj$/iu, fromMsBuild],
    [/^Directory\.Packages\.props$/iu, fromMsBuild],
  ],
  java: [
    [/^pom\.xml$/u, fromPom],
    [/^build\.gradle(?:\.kts)?$/u, fromGradle],
  ],
  go: [[/^go\.mod$/u, fromGoModule]],
};

/** The version of a package that the files around a document state; `undefined` when none does. */
export async function statedVersion(
  document: SourceDocument,
  language: CodeLanguage,
  name: string,
  workspace: WorkspaceView | undefined,
): Promise<StatedVersion | undefined> {
  for (const [file, read] of sources[language]) {
    const found = await workspace?.findUp(document.uri, [file]);
    const version = found && lowest(read(found.text, name));
    if (found !== undefined && version !== undefined) return { version, uri: found.uri };
  }
  return undefined;
}

/** Whether a version comes before another; a pre-release counts as the version that it leads to. */
export function isOlder(version: string, than: string): boolean {
  const numbers = (text: string): number[] => (/^\d+(?:\.\d+)*/u.exec(text)?.[0] ?? '0').split('.').map(Number);
  const [own, other] = [numbers(version), numbers(than)];
  for (let i = 0; i < Math.max(own.length, other.length); i++) {
    const difference = (own[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The lowest version that a range allows; `undefined` for ranges without one, tags, paths and addresses. */
function lowest(range: string | undefined): string | undefined {
  const compact = (range ?? '').replace(/[\s[("']/gu, '');
  return /^(?:\^|~>?|>=|~=|={1,3})?v?(\d+(?:\.\d+)*)/u.exec(compact)?.[1];
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
}

function fromPackageLock(text: string, name: string): string | undefined {
  const lock = parse(text) as { packages?: Record<string, { version?: unknown } | undefined> } | undefined;
  const version = lock?.packages?.[`node_modules/${name}`]?.version;
  return typeof version === 'string' ? version : undefined;
}

function fromPackageJson(text: string, name: string): string | undefined {
  const manifest = parse(text) as Record<string, Record<string, unknown> | undefined> | undefined;
  for (const group of ['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies']) {
    const range = manifest?.[group]?.[name];
    if (typeof range === 'string') return range;
  }
  return undefined;
}

function pythonName(name: string): string {
  return name
    .split(/[-_.]+/u)
    .map(escaped)
    .join('[-_.]');
}

function fromTomlLock(text: string, name: string): string | undefined {
  return new RegExp(`^name = "${pythonName(name)}"\\r?\\nversion = "([^"]+)"`, 'imu').exec(text)?.[1];
}

function fromRequirements(text: string, name: string): string | undefined {
  return new RegExp(`^[^\\S\\n]*${pythonName(name)}(?:\\[[^\\]\\n]*\\])?\\s*((?:==|>=|~=)[^#;,\\n]*)`, 'imu').exec(
    text,
  )?.[1];
}

function fromPyproject(text: string, name: string): string | undefined {
  const listed = new RegExp(`["']${pythonName(name)}(?:\\[[^\\]\\n]*\\])?\\s*((?:==|>=|~=)[^"',;]*)`, 'iu').exec(
    text,
  )?.[1];
  return (
    listed ??
    new RegExp(`^${pythonName(name)}\\s*=\\s*(?:\\{[^}\\n]*version\\s*=\\s*)?["']([^"']+)["']`, 'imu').exec(text)?.[1]
  );
}

function fromMsBuild(text: string, name: string): string | undefined {
  const element = new RegExp(
    `<Package(?:Reference|Version)\\s[^>]*\\b(?:Include|Update)\\s*=\\s*["']${escaped(name)}["'][^>]*(?:>\\s*<Version>([^<]+)<)?`,
    'iu',
  ).exec(text);
  return element === null ? undefined : (element[1] ?? /\bVersion\s*=\s*["']([^"']+)["']/iu.exec(element[0])?.[1]);
}

function fromPom(text: string, name: string): string | undefined {
  const [, artifact = name] = name.split(':');
  const uncommented = text.replace(/<!--[\s\S]*?-->/gu, '');
  const version = new RegExp(
    `<artifactId>\\s*${escaped(artifact)}\\s*</artifactId>\\s*<version>\\s*([^<]+?)\\s*</version>`,
    'u',
  ).exec(uncommented)?.[1];
  const property = /^\$\{([\w.-]+)\}$/u.exec(version ?? '')?.[1];
  if (property === undefined) return version;
  return new RegExp(`<${escaped(property)}>\\s*([^<]+?)\\s*<`, 'u').exec(uncommented)?.[1];
}

function fromGradle(text: string, name: string): string | undefined {
  return new RegExp(`["']${escaped(name)}:([^"':]+)["']`, 'u').exec(text)?.[1];
}

function fromGoModule(text: string, name: string): string | undefined {
  return new RegExp(`^\\s*(?:require\\s+)?${escaped(name)}\\s+(v\\S+)`, 'mu').exec(text)?.[1];
}
