import { applyEdits as applyJsonEdits, modify, parseTree, findNodeAtLocation } from 'jsonc-parser';
import type { SourceDocument } from '../engine/finding.ts';
import type { CodeLanguage, NeededPackage } from '../services/service.ts';
import { applyEdits, changeBetween, type TextEdit } from '../text/text-edit.ts';
import { gradle, pom } from './java-manifest.ts';
import type { FileEdits, FollowUp, SharedNeed, WorkspaceView } from './fix.ts';

interface Manifests {
  readonly identity: NeededPackage;
  /** Earlier patterns win within one folder. */
  readonly files: readonly RegExp[];
  /** Command line that installs a package, or its coordinates where files alone name dependencies. */
  readonly install: (wanted: NeededPackage) => string;
}

/** Versions are the oldest that have everything the rewrites use. */
const manifests: Readonly<Record<CodeLanguage, Manifests>> = {
  typescript: {
    identity: { name: '@azure/identity', version: '4.13.0' },
    files: [/^package\.json$/u],
    install: ({ name }) => `npm install ${name}`,
  },
  python: {
    identity: { name: 'azure-identity', version: '1.25.0' },
    files: [/^requirements\.txt$/u, /^pyproject\.toml$/u],
    install: ({ name }) => `pip install ${name}`,
  },
  csharp: {
    identity: { name: 'Azure.Identity', version: '1.17.0' },
    files: [/\.csproj$/iu],
    install: ({ name }) => `dotnet add package ${name}`,
  },
  java: {
    identity: { name: 'com.azure:azure-identity', version: '1.18.0' },
    files: [/^pom\.xml$/u, /^build\.gradle(?:\.kts)?$/u],
    install: ({ name, version }) => `${name}:${version}`,
  },
  go: {
    identity: { name: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity', version: '1.10.0' },
    files: [/^go\.mod$/u],
    install: ({ name }) => `go get ${name}`,
  },
};

/** The language's package of credentials, in the oldest version that has everything the rewrites use. */
export function identityPackage(language: CodeLanguage): NeededPackage {
  return manifests[language].identity;
}

/** Command line, or coordinates, that bring a package to a version. */
export function updateCommand(language: CodeLanguage, wanted: NeededPackage): string {
  return updates[language](wanted);
}

const updates: Readonly<Record<CodeLanguage, (wanted: NeededPackage) => string>> = {
  typescript: ({ name, version }) => `npm install ${name}@^${version}`,
  python: ({ name, version }) => `pip install "${name}>=${version}"`,
  csharp: ({ name, version }) => `dotnet add package ${name} --version ${version}`,
  java: ({ name, version }) => `${name}:${version}`,
  go: ({ name }) => `go get ${name}@latest`,
};

/** Adds what a rewrite needs to the nearest manifest; says how to install it, and what must stay listed there. */
export async function addPackages(
  document: SourceDocument,
  language: CodeLanguage,
  workspace: WorkspaceView | undefined,
  packages: readonly NeededPackage[],
  identity: boolean,
): Promise<AddedPackages> {
  const { identity: library, files, install } = manifests[language];
  const all = [...(identity ? [library] : []), ...packages];
  const wanted = [...new Map(all.map(one => [one.name, one])).values()];
  const manifest = wanted.length === 0 ? undefined : await workspace?.findUp(document.uri, files);
  let text = manifest?.text ?? '';
  const followUps: FollowUp[] = [];
  const needs: SharedNeed[] = [];
  for (const one of wanted) {
    const edits = manifest && manifestEdits({ ...manifest, text }, one);
    if (manifest && edits) needs.push({ kind: 'package', uri: manifest.uri, name: one.name });
    if (edits?.length === 0) continue;
    const added = edits !== undefined;
    if (added) text = applyEdits(text, edits);
    followUps.push({
      kind: 'installPackage',
      message: added
        ? `${one.name} was added to the dependencies: install it.`
        : `Add the package ${one.name} (${one.version} or newer).`,
      copyable: added && language === 'typescript' ? 'npm install' : install(one),
      together: {
        key: `${added ? 'install' : 'add'} ${language}`,
        message: added ? 'Added to the dependencies: {}. Install them.' : 'Add the packages {}.',
        item: added ? one.name : `${one.name} (${one.version} or newer)`,
      },
    });
  }
  return manifest === undefined || text === manifest.text
    ? { followUps, needs }
    : { edits: { uri: manifest.uri, edits: [changeBetween(manifest.text, text)] }, followUps, needs };
}

interface AddedPackages {
  readonly edits?: FileEdits;
  readonly followUps: readonly FollowUp[];
  readonly needs: readonly SharedNeed[];
}

/** Empty when the package is there already; `undefined` when the manifest has no place for it that can be proven right. */
function manifestEdits(manifest: SourceDocument, wanted: NeededPackage): TextEdit[] | undefined {
  if (/package\.json$/u.test(manifest.uri)) return packageJson(manifest.text, wanted);
  if (/requirements\.txt$/u.test(manifest.uri)) return requirements(manifest.text, wanted);
  if (/pyproject\.toml$/u.test(manifest.uri)) return pyproject(manifest.text, wanted);
  if (/go\.mod$/u.test(manifest.uri)) return goModule(manifest.text, wanted);
  if (/pom\.xml$/u.test(manifest.uri)) return pom(manifest.text, wanted);
  if (/\.gradle(?:\.kts)?$/u.test(manifest.uri)) return gradle(manifest.text, wanted);
  return projectFile(manifest.text, wanted);
}

/** The name as an expression that takes the separators which Python treats alike. */
function pythonName({ name }: NeededPackage): string {
  return name.replace(/[-_.]+/gu, '[-_.]');
}

/** Sums of what a module brings along stand in `go.sum`, so only the tool can add it. */
function goModule(text: string, wanted: NeededPackage): TextEdit[] | undefined {
  const known = text.split(/\r?\n/u).some(line => /^\s*(?:require\s+)?(\S+)\s+v/u.exec(line)?.[1] === wanted.name);
  return known ? [] : undefined;
}

function packageJson(text: string, wanted: NeededPackage): TextEdit[] | undefined {
  const root = parseTree(text);
  if (root?.type !== 'object') return undefined;
  const has = (group: string): boolean => findNodeAtLocation(root, [group, wanted.name]) !== undefined;
  if (['dependencies', 'peerDependencies', 'optionalDependencies'].some(has)) return [];
  const indent = /\n([ \t]+)"/u.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const formattingOptions = { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol };
  const dependencies = findNodeAtLocation(root, ['dependencies']);
  const names = dependencies?.children?.map(child => String(child.children?.[0]?.value)) ?? [];
  const after = names.findIndex(name => name > wanted.name);
  const edits = modify(text, ['dependencies', wanted.name], `^${wanted.version}`, {
    formattingOptions,
    ...(dependencies === undefined ? {} : { getInsertionIndex: () => (after === -1 ? names.length : after) }),
  });
  if (parseTree(applyJsonEdits(text, edits)) === undefined) return undefined;
  return edits.map(({ offset, length, content }) => ({
    span: { start: offset, end: offset + length },
    newText: content,
  }));
}

function requirements(text: string, wanted: NeededPackage): TextEdit[] {
  if (new RegExp(`^[ \\t]*${pythonName(wanted)}(?![-.\\w])`, 'imu').test(text)) return [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lead = text === '' || /[\r\n]$/u.test(text) ? '' : eol;
  const end = text.length;
  return [{ span: { start: end, end }, newText: `${lead}${wanted.name}>=${wanted.version}${eol}` }];
}

function pyproject(text: string, wanted: NeededPackage): TextEdit[] | undefined {
  const name = pythonName(wanted);
  if (new RegExp(`["']${name}(?![-.\\w])|^\\s*${name}\\s*=`, 'imu').test(text)) return [];
  const project = /^\[project\][^\S\r\n]*(?:#[^\r\n]*)?\r?$/mu.exec(text);
  if (project !== null) {
    const table = text.slice(project.index).split(/^\[(?!project\])/mu, 1)[0] ?? '';
    const list = /^dependencies\s*=\s*\[/mu.exec(table);
    if (list === null) return undefined;
    const start = project.index + list.index + list[0].length;
    const first = /^\s*(?=["'])/u.exec(text.slice(start));
    const lead = first?.[0] ?? '';
    const quote = first === null ? '"' : (text[start + lead.length] ?? '"');
    const entry = `${quote}${wanted.name}>=${wanted.version}${quote}`;
    return [
      { span: { start, end: start }, newText: first === null ? entry : `${lead}${entry},${lead === '' ? ' ' : ''}` },
    ];
  }
  const poetry = /^\[tool\.poetry\.dependencies\][^\r\n]*(?:\r\n|\n)/mu.exec(text);
  if (poetry === null) return undefined;
  const at = poetry.index + poetry[0].length;
  const eol = poetry[0].endsWith('\r\n') ? '\r\n' : '\n';
  return [{ span: { start: at, end: at }, newText: `${wanted.name} = "^${wanted.version}"${eol}` }];
}

function projectFile(text: string, wanted: NeededPackage): TextEdit[] | undefined {
  const name = wanted.name.replaceAll('.', '\\.');
  if (new RegExp(`<PackageReference\\s[^>]*Include\\s*=\\s*["']${name}["']`, 'iu').test(text)) return [];
  // Central package management keeps versions in another file.
  const reference = /^([^\S\r\n]*)<PackageReference\s[^>]*>/mu.exec(text);
  if (reference === null || !/\sVersion\s*=/u.test(reference[0])) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const start = reference.index;
  const newText = `${reference[1] ?? ''}<PackageReference Include="${wanted.name}" Version="${wanted.version}" />${eol}`;
  return [{ span: { start, end: start }, newText }];
}
