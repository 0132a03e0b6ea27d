import type { SourceDocument } from '../engine/finding.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import type { FileEdits, FollowUp } from './fix.ts';
import { vaultSetting } from './key-vault-steps.ts';
import { addPackages } from './manifest.ts';
import { errorCount } from './refusals.ts';
import type { RewriteTools } from './tools.ts';

const providerPackage = { name: 'Azure.Extensions.AspNetCore.Configuration.Secrets', version: '1.3.2' };

/** Whether the .NET program beside a settings file has Key Vault among the sources of its configuration. */
export async function readsVault({ uri }: SourceDocument, { workspace }: RewriteTools): Promise<boolean> {
  const documents = (await workspace?.mentioning?.(uri, 'AddAzureKeyVault')) ?? [];
  return documents.some(
    ({ uri: code, text }) => below(code, uri) && /^(?!\s*\/\/).*\.AddAzureKeyVault\s*\(/mu.test(text),
  );
}

/** Makes Key Vault the last source of the program's configuration; `undefined` where its builder is not in plain sight. */
export async function addVaultProvider(
  { uri }: SourceDocument,
  { workspace, languages }: RewriteTools,
): Promise<{ readonly files: readonly FileEdits[]; readonly followUps: readonly FollowUp[] } | undefined> {
  const found = (await workspace?.mentioning?.(uri, 'CreateBuilder')) ?? [];
  const others = (await workspace?.mentioning?.(uri, 'CreateApplicationBuilder')) ?? [];
  const programs = [...found, ...others].filter(
    ({ uri: code, languageId, text }) => languageId === 'csharp' && below(code, uri) && builder.test(text),
  );
  const [program, second] = programs;
  if (program === undefined || second !== undefined) return undefined;
  const made = builder.exec(program.text);
  const { indent = '', name = '' } = made?.groups ?? {};
  if (made === null) return undefined;
  const lineEnd = program.text.includes('\r\n') ? '\r\n' : '\n';
  const at = made.index + made[0].length;
  const lines = [
    `${name}.Configuration.AddAzureKeyVault(`,
    `    new Uri(${name}.Configuration["${vaultSetting}"]!),`,
    '    new DefaultAzureCredential());',
  ];
  const added: TextEdit = {
    span: { start: at, end: at },
    newText: lines.map(line => lineEnd + indent + line).join(''),
  };
  const project = await workspace?.findUp(program.uri, [/\.csproj$/iu]);
  const implicit = /<ImplicitUsings>\s*(?:enable|true)\s*</iu.test(project?.text ?? '');
  const edits = await languages.read(program, file => {
    const wanted = [
      { module: 'Azure.Identity', name: 'DefaultAzureCredential' },
      ...(implicit ? [] : [{ module: 'Microsoft.Extensions.Configuration', name: 'ConfigurationBuilder' }]),
      ...(implicit ? [] : [{ module: 'System', name: 'Uri' }]),
    ];
    const missing = wanted.filter(request => file.language.nameFor(request, file)?.missing !== false);
    const neighbours = file.imports.map(({ module }) => module);
    return errorCount(file.root) > 0 ? undefined : [...file.language.importEdits(file, missing, [], neighbours), added];
  });
  if (edits === undefined) return undefined;
  const after = { ...program, text: applyEdits(program.text, edits) };
  if ((await languages.read(after, file => errorCount(file.root))) !== 0) return undefined;
  const packages = await addPackages(program, 'csharp', workspace, [providerPackage], true);
  return {
    files: [{ uri: program.uri, edits }, ...(packages.edits === undefined ? [] : [packages.edits])],
    followUps: packages.followUps,
  };
}

/** The statement that makes the builder of a web app or worker. */
const builder =
  /^(?<indent>[ \t]*)(?:var|WebApplicationBuilder|HostApplicationBuilder)\s+(?<name>\w+)\s*=\s*(?:WebApplication\.Create(?:Slim)?Builder|Host\.CreateApplicationBuilder)\([^;\n]*\);/mu;

/** Whether a file lies in the folder of another or below it. */
function below(uri: string, neighbour: string): boolean {
  return uri.startsWith(neighbour.slice(0, neighbour.lastIndexOf('/') + 1));
}
