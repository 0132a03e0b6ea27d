const byExtension: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ts: 'typescript',
    mts: 'typescript',
    cts: 'typescript',
    tsx: 'typescriptreact',
    js: 'javascript',
    mjs: 'javascript',
    cjs: 'javascript',
    jsx: 'javascriptreact',
    py: 'python',
    pyi: 'python',
    cs: 'csharp',
    csx: 'csharp',
    vb: 'vb',
    fs: 'fsharp',
    java: 'java',
    kt: 'kotlin',
    kts: 'kotlin',
    groovy: 'groovy',
    gradle: 'groovy',
    go: 'go',
    rb: 'ruby',
    php: 'php',
    rs: 'rust',
    c: 'c',
    h: 'c',
    cpp: 'cpp',
    hpp: 'cpp',
    swift: 'swift',
    scala: 'scala',
    sh: 'shellscript',
    bash: 'shellscript',
    zsh: 'shellscript',
    ps1: 'powershell',
    psm1: 'powershell',
    psd1: 'powershell',
    bat: 'bat',
    cmd: 'bat',
    sql: 'sql',
    json: 'json',
    jsonc: 'jsonc',
    json5: 'jsonc',
    ipynb: 'json',
    tfstate: 'json',
    yaml: 'yaml',
    yml: 'yaml',
    toml: 'toml',
    xml: 'xml',
    config: 'xml',
    csproj: 'xml',
    vbproj: 'xml',
    props: 'xml',
    targets: 'xml',
    pubxml: 'xml',
    publishsettings: 'xml',
    resx: 'xml',
    xaml: 'xml',
    html: 'html',
    htm: 'html',
    cshtml: 'html',
    md: 'markdown',
    markdown: 'markdown',
    properties: 'properties',
    ini: 'ini',
    cfg: 'ini',
    conf: 'ini',
    service: 'ini',
    env: 'dotenv',
    tf: 'terraform',
    tfvars: 'terraform',
    hcl: 'terraform',
    bicep: 'bicep',
    bicepparam: 'bicep',
    css: 'css',
    scss: 'scss',
    vue: 'vue',
    svelte: 'svelte',
  }),
);

/** Files that VS Code itself opens as JSON with comments. */
const withComments =
  /^(?:tsconfig(?:\..+)?|jsconfig(?:\..+)?|settings|launch|tasks|extensions|keybindings|devcontainer|\.eslintrc|\.babelrc|\.keyless)\.json$/u;
/** .NET and Functions read these leniently, but VS Code opens them as plain JSON. */
const byName: readonly (readonly [RegExp, string])[] = [
  [/^\.env(?:\..+)?$|\.env$/u, 'dotenv'],
  [/^(?:docker-)?compose(?:\..+)?\.ya?ml$/u, 'dockercompose'],
  [/^dockerfile(?:\..+)?$|\.dockerfile$/u, 'dockerfile'],
  [/^makefile$/u, 'makefile'],
  [/^go\.mod$/u, 'go.mod'],
  [/^\.(?:npmrc|pypirc|editorconfig|gitconfig)$/u, 'ini'],
  [/^\.(?:bashrc|bash_profile|profile|zshrc)$/u, 'shellscript'],
  [/^\.(?:babelrc|eslintrc)$/u, 'jsonc'],
  [withComments, 'jsonc'],
];

/** One look that tells for nearly all names that none of these fits. */
const mayHaveName =
  /^(?:\.|(?:docker-)?compose|dockerfile|makefile|go\.mod|[tj]sconfig|settings|launch|tasks|extensions|keybindings|devcontainer)|(?:\.env|dockerfile)$/u;

/** VS Code language id for a file path or URI, `plaintext` when nothing is known. Only the name counts. */
export function languageOfPath(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (mayHaveName.test(name)) for (const [pattern, languageId] of byName) if (pattern.test(name)) return languageId;
  const dot = name.lastIndexOf('.');
  return (dot === -1 ? undefined : byExtension.get(name.slice(dot + 1))) ?? 'plaintext';
}
