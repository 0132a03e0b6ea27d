import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  esModuleInterop: true,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowJs: true,
  checkJs: true,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
};

/**
 * Compiles texts with `tsc --strict` against the SDK packages in node_modules, all in one program.
 * @param sources virtual file name → text
 * @returns virtual file name → error messages, for the files that have any
 */
export function typeErrors(sources: Readonly<Record<string, string>>): Record<string, string[]> {
  const texts = new Map(Object.entries(sources).map(([name, text]) => [join(ROOT, 'test', name), text]));
  const host = ts.createCompilerHost(OPTIONS);
  const onDisk = ts.createCompilerHost(OPTIONS);
  host.getCurrentDirectory = () => ROOT;
  host.fileExists = file => texts.has(file) || onDisk.fileExists(file);
  const folders = new Set([...texts.keys()].flatMap(file => foldersOf(file)));
  host.directoryExists = folder => folders.has(folder) || onDisk.directoryExists?.(folder) !== false;
  host.readFile = file => texts.get(file) ?? onDisk.readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? onDisk.getSourceFile(file, ...rest)
      : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...texts.keys()], OPTIONS, host);
  const errors: Record<string, string[]> = {};
  for (const file of texts.keys()) {
    const source = program.getSourceFile(file);
    const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    if (diagnostics.length > 0) {
      errors[file.slice(join(ROOT, 'test').length + 1)] = diagnostics.map(({ messageText }) =>
        ts.flattenDiagnosticMessageText(messageText, '\n'),
      );
    }
  }
  return errors;
}

function foldersOf(file: string): string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...foldersOf(folder)];
}
