import { applyEdits as applyJsonEdits, modify, parseTree, findNodeAtLocation } from 'jsonc-parser';
import type { SourceDocument } from '../engine/finding.ts';
import type { CodeLanguage } from '../services/service.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { gradle, pom } from './java-manifest.ts';
import type { FileEdits, FollowUp, WorkspaceView } from './fix.ts';

interface PackageKind {
  readonly name: string;
  /** Oldest version that has everything the rewrites use. */
  readonly version: string;
  readonly manifests: readonly RegExp[];
  readonly install: string;
}

const identityPackages: Readonly<Partial<Record<CodeLanguage, PackageKind>>> = {
  typescript: {
    name: '@azure/identity',
    version: '4.13.0',
    manifests: [/^package\.json$/u],
    install: 'npm install @azure/identity',
  },
  python: {
    name: 'azure-identity',
    version: '1.25.0',
    manifests: [/^requirements\.txt$/u, /^pyproject\.toml$/u],
    install: 'pip install azure-identity',
  },
  csharp: {
    name: 'Azure.Identity',
    version: '1.17.0',
    manifests: [/\.csproj$/iu],
    install: 'dotnet add package Azure.Identity',
  },
  java: {
    name: 'com.azure:azure-identity',
    version: '1.18.0',
    manifests: [/^pom\.xml$/u, /^build\.gradle(?:\.kts)?$/u],
    install: 'com.azure:azure-identity:1.18.0',
  },
  go: {
    name: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity',
    version: '1.10.0',
    manifests: [/^go\.mod$/u],
    install: 'go get github.com/Azure/azure-sdk-for-go/sdk/azidentity',
  },
};

/** Adds the language's identity package to the nearest manifest; says how to install it. */
export async function addPackage(
  document: SourceDocument,
  language: CodeLanguage,
  workspace: WorkspaceView | undefined,
): Promise<{ readonly edits?: FileEdits; readonly followUp?: FollowUp }> {
  const wanted = identityPackages[language];
  if (wanted === undefined) return {};
  const manifest = await workspace?.findUp(document.uri, wanted.manifests);
  const edits = manifest && manifestEdits(manifest, wanted);
  if (edits?.length === 0) return {};
  const followUp: FollowUp = {
    kind: 'installPackage',
    message:
      edits === undefined
        ? `Add the package ${wanted.name} (${wanted.version} or newer).`
        : `${wanted.name} was added to the dependencies: install it.`,
    copyable: edits !== undefined && language === 'typescript' ? 'npm install' : wanted.install,
  };
  return edits === undefined || manifest === undefined
    ? { followUp }
    : { edits: { uri: manifest.uri, edits }, followUp };
}

/** Empty when the package is there already; `undefined` when the manifest has no place for it that can be proven right. */
function manifestEdits(manifest: SourceDocument, wanted: PackageKind): TextEdit[] | undefined {
  if (/package\.json$/u.test(manifest.uri)) return packageJson(manifest.text, wanted);
  if (/requirements\.txt$/u.test(manifest.uri)) return requirements(manifest.text, wanted);
  if (/pyproject\.toml$/u.test(manifest.uri)) return pyproject(manifest.text, wanted);
  if (/go\.mod$/u.test(manifest.uri)) return goModule(manifest.text, wanted);
  if (/pom\.xml$/u.test(manifest.uri)) return pom(manifest.text, wanted);
  if (/\.gradle(?:\.kts)?$/u.test(manifest.uri)) return gradle(manifest.text, wanted);
  return projectFile(manifest.text, wanted);
}

/** Sums of what a module brings along stand in `go.sum`, so only the tool can add it. */
function goModule(text: string, wanted: PackageKind): TextEdit[] | undefined {
  const known = text.split(/\r?\n/u).some(line => /^\s*(?:require\s+)?(\S+)\s+v/u.exec(line)?.[1] === wanted.name);
  return known ? [] : undefined;
}

function packageJson(text: string, wanted: PackageKind): TextEdit[] | undefined {
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

function requirements(text: string, wanted: PackageKind): TextEdit[] {
  if (/^[ \t]*azure[-_.]identity(?![-.\w])/imu.test(text)) return [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lead = text === '' || /[\r\n]$/u.test(text) ? '' : eol;
  const end = text.length;
  return [{ span: { start: end, end }, newText: `${lead}${wanted.name}>=${wanted.version}${eol}` }];
}

function pyproject(text: string, wanted: PackageKind): TextEdit[] | undefined {
  if (/["']azure[-_.]identity(?![-.\w])/iu.test(text) || /^\s*azure-identity\s*=/imu.test(text)) return [];
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

function projectFile(text: string, wanted: PackageKind): TextEdit[] | undefined {
  if (/<PackageReference\s[^>]*Include\s*=\s*["']Azure\.Identity["']/iu.test(text)) return [];
  // Central package management keeps versions in another file.
  const reference = /^([^\S\r\n]*)<PackageReference\s[^>]*>/mu.exec(text);
  if (reference === null || !/\sVersion\s*=/u.test(reference[0])) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const start = reference.index;
  const newText = `${reference[1] ?? ''}<PackageReference Include="${wanted.name}" Version="${wanted.version}" />${eol}`;
  return [{ span: { start, end: start }, newText }];
}
