import { escapeXml, joinLines, type Names } from './names.ts';

/** A place in a file where a named value can stand, in the format's own syntax and escaping. */
export interface Carrier {
  readonly id: string;
  readonly path: string;
  readonly write: (name: Names, value: string) => string;
}

const json = JSON.stringify;
/** As System.Text.Json writes by default. */
const netJson = (value: string): string => json(value).replaceAll(/[+&<>']/gu, character => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
const single = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const doubledSingle = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const doubledDouble = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const shell = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

export const codeCarriers: readonly Carrier[] = [
  {
    id: 'ts-const',
    path: 'src/config.ts',
    write: (n, v) => joinLines('import { createServer } from "node:http";', '', `export const ${n.camel}: string = ${json(v)};`, 'createServer().listen(8080);'),
  },
  { id: 'ts-single', path: 'src/settings.ts', write: (n, v) => `const ${n.camel} = ${single(v)} as const;\n` },
  { id: 'ts-template', path: 'src/client.ts', write: (n, v) => `  private readonly ${n.camel} = \`${v}\`;\n` },
  {
    id: 'ts-object',
    path: 'src/environment.prod.ts',
    write: (n, v) => joinLines('export const environment = {', '  production: true,', `  ${n.camel}: ${single(v)}, // keep in sync with staging`, '};'),
  },
  {
    id: 'ts-fallback',
    path: 'src/env.ts',
    write: (n, v) => `export const ${n.camel} = process.env.${n.env} ?? ${single(v)};\n`,
  },
  {
    id: 'tsx-prop',
    path: 'src/App.tsx',
    write: (n, v) => `export const App = () => <Provider ${n.camel}=${json(v)}><Home /></Provider>;\n`,
  },
  {
    id: 'js-env',
    path: 'scripts/seed.js',
    write: (n, v) => `process.env.${n.env} = process.env.${n.env} || ${json(v)};\n`,
  },
  {
    id: 'js-module',
    path: 'config/production.js',
    write: (n, v) => joinLines("'use strict';", 'module.exports = {', `  "${n.camel}": ${json(v)},`, '  retries: 3,', '};'),
  },
  {
    id: 'js-commented',
    path: 'index.mjs',
    write: (n, v) => joinLines(`// const ${n.camel} = ${json(v)};`, `const ${n.camel} = process.env.${n.env};`),
  },
  {
    id: 'py-constant',
    path: 'app/settings.py',
    write: (n, v) => joinLines('import os', '', `${n.env} = ${json(v)}`, 'DEBUG = False'),
  },
  { id: 'py-single', path: 'worker/main.py', write: (n, v) => `${n.snake} = ${single(v)}  # noqa: E501\n` },
  { id: 'py-environ', path: 'tests/conftest.py', write: (n, v) => `os.environ["${n.env}"] = ${json(v)}\n` },
  { id: 'py-getenv', path: 'function_app.py', write: (n, v) => `${n.snake} = os.getenv("${n.env}", ${json(v)})\n` },
  {
    id: 'py-dict',
    path: 'etl/config.py',
    write: (n, v) => joinLines('CONFIG = {', `    '${n.snake}': ${single(v)},`, '    "timeout": 30,', '}'),
  },
  {
    id: 'cs-const',
    path: 'src/Settings.cs',
    write: (n, v) => joinLines('public static class Settings', '{', `    public const string ${n.pascal} = ${json(v)};`, '}'),
  },
  { id: 'cs-verbatim', path: 'src/Program.cs', write: (n, v) => `var ${n.camel} = @${doubledDouble(v)};\n` },
  { id: 'cs-index', path: 'src/Startup.cs', write: (n, v) => `configuration["${n.colon}"] = ${json(v)};\n` },
  {
    id: 'cs-initializer',
    path: 'tests/Fixture.cs',
    write: (n, v) => joinLines('new Dictionary<string, string?>', '{', `    ["${n.colon}"] = ${json(v)},`, `    { "${n.pascal}Timeout", "30" },`, '};'),
  },
  {
    id: 'vb-const',
    path: 'Module1.vb',
    write: (n, v) => `Private Const ${n.pascal} As String = ${doubledDouble(v)}\n`,
  },
  {
    id: 'java-const',
    path: 'src/main/java/App.java',
    write: (n, v) => `    private static final String ${n.env} = ${json(v)};\n`,
  },
  {
    id: 'java-property',
    path: 'src/test/java/AppTest.java',
    write: (n, v) => `System.setProperty("${n.dotted}", ${json(v)});\n`,
  },
  { id: 'kotlin-val', path: 'src/Main.kt', write: (n, v) => `val ${n.camel} = ${json(v)}\n` },
  { id: 'go-const', path: 'main.go', write: (n, v) => joinLines('package main', '', `const ${n.camel} = ${json(v)}`) },
  { id: 'go-raw', path: 'internal/config.go', write: (n, v) => `\t${n.camel} := \`${v}\`\n` },
  { id: 'go-setenv', path: 'main_test.go', write: (n, v) => `t.Setenv("${n.env}", ${json(v)})\n` },
  { id: 'rust-const', path: 'src/main.rs', write: (n, v) => `const ${n.env}: &str = ${json(v)};\n` },
  { id: 'php-define', path: 'config.php', write: (n, v) => `define('${n.env}', ${single(v)});\n` },
  { id: 'ruby-hash', path: 'config/initializers/azure.rb', write: (n, v) => `ENV['${n.env}'] ||= ${single(v)}\n` },
];

export const scriptCarriers: readonly Carrier[] = [
  { id: 'ps-variable', path: 'deploy.ps1', write: (n, v) => `$${n.camel} = ${doubledSingle(v)}\n` },
  { id: 'ps-env', path: 'build.ps1', write: (n, v) => `$env:${n.env} = ${json(v)}\n` },
  {
    id: 'ps-hashtable',
    path: 'settings.psd1',
    write: (n, v) => joinLines('@{', `    ${n.pascal} = ${doubledSingle(v)}`, "    Region = 'westeurope'", '}'),
  },
  {
    id: 'sh-export',
    path: 'deploy.sh',
    write: (n, v) => joinLines('#!/usr/bin/env bash', 'set -euo pipefail', `export ${n.env}=${shell(v)}`),
  },
  { id: 'sh-plain', path: 'run.sh', write: (n, v) => `${n.env}="${v}" node server.js\n` },
  {
    id: 'sh-az-settings',
    path: 'scripts/settings.sh',
    write: (n, v) => joinLines('az webapp config appsettings set --name orders --resource-group rg-orders \\', `  --settings ${n.env}=${shell(v)} WEBSITE_RUN_FROM_PACKAGE=1`),
  },
  { id: 'sh-default', path: 'entrypoint.sh', write: (n, v) => `: "\${${n.env}:=${v}}"\n` },
  { id: 'bat-set', path: 'build.cmd', write: (n, v) => `set "${n.env}=${v}"\r\n` },
];

export const configCarriers: readonly Carrier[] = [
  {
    id: 'json-appsettings',
    path: 'appsettings.json',
    write: (n, v) => json({ Logging: { LogLevel: { Default: 'Warning' } }, [n.pascal]: v, AllowedHosts: '*' }, null, 2),
  },
  {
    id: 'json-net',
    path: 'appsettings.Production.json',
    write: (n, v) => joinLines('{', `  "Orders": { "${n.pascal}": ${netJson(v)} }`, '}'),
  },
  {
    id: 'json-functions',
    path: 'local.settings.json',
    write: (n, v) => json({ IsEncrypted: false, Values: { FUNCTIONS_WORKER_RUNTIME: 'node', [n.pascal]: v } }, null, 2),
  },
  {
    id: 'json-compact',
    path: 'data/config.json',
    write: (n, v) => `{"a":[{"name":"x","${n.camel}":${json(v)},"slot":true}]}`,
  },
  {
    id: 'json-name-value',
    path: 'settings/app.json',
    write: (n, v) => json([{ name: n.env, value: v, slotSetting: false }], null, 2),
  },
  { id: 'json-in-json', path: 'deploy/parameters.json', write: (n, v) => json({ settings: json({ [n.camel]: v }) }) },
  {
    id: 'jsonc-commented',
    path: '.vscode/settings.json',
    write: (n, v) => joinLines('{', `  // "${n.dotted}": ${json(v)},`, '  "editor.tabSize": 2,', '}'),
  },
  {
    id: 'arm-parameters',
    path: 'azuredeploy.parameters.json',
    write: (n, v) => json({ parameters: { [n.camel]: { value: v } } }, null, 2),
  },
  {
    id: 'yaml-plain',
    path: 'config/app.yaml',
    write: (n, v) => joinLines('server:', '  port: 8080', `  ${n.camel}: ${v}`),
  },
  {
    id: 'yaml-double',
    path: 'values.yaml',
    write: (n, v) => joinLines('app:', `  ${n.kebab}: ${json(v)}  # rotate yearly`),
  },
  {
    id: 'yaml-single',
    path: 'application.yml',
    write: (n, v) => joinLines('spring:', '  cloud:', `    ${n.kebab}: ${doubledSingle(v)}`),
  },
  { id: 'toml', path: 'config.toml', write: (n, v) => joinLines('[azure]', `${n.snake} = ${json(v)}`) },
  { id: 'toml-literal', path: 'pyproject.toml', write: (n, v) => joinLines('[tool.orders]', `${n.snake} = '${v}'`) },
  {
    id: 'ini',
    path: 'settings.ini',
    write: (n, v) => joinLines('[azure]', `${n.snake} = ${v}`, 'region = westeurope'),
  },
  { id: 'ini-commented', path: 'app.cfg', write: (n, v) => joinLines(`; ${n.snake}=${v}`, 'debug=false') },
  { id: 'dotenv', path: '.env', write: (n, v) => joinLines('NODE_ENV=production', `${n.env}=${v}`, 'PORT=8080') },
  { id: 'dotenv-quoted', path: '.env.production', write: (n, v) => `export ${n.env}="${v}"\n` },
  { id: 'dotenv-commented', path: '.env.local', write: (n, v) => joinLines(`# ${n.env}=${v}`, 'PORT=8080') },
  { id: 'dotenv-crlf', path: 'api.env', write: (n, v) => `A=1\r\n${n.env}='${v}'\r\nB=2\r\n` },
  {
    id: 'properties',
    path: 'application.properties',
    write: (n, v) => joinLines('server.port=8080', `${n.dotted}=${v}`),
  },
  {
    id: 'properties-escaped',
    path: 'messages.properties',
    write: (n, v) => `${n.dotted} = ${v.replaceAll('\\', '\\\\').replaceAll(/[:=#!]/gu, '\\$&')}\n`,
  },
  {
    id: 'xml-appsettings',
    path: 'web.config',
    write: (n, v) => joinLines('<configuration>', '  <appSettings>', `    <add key="${n.pascal}" value="${escapeXml(v)}" />`, '  </appSettings>', '</configuration>'),
  },
  { id: 'xml-single', path: 'app.config', write: (n, v) => `<add key='${n.colon}' value='${escapeXml(v)}'/>\n` },
  {
    id: 'xml-element',
    path: 'settings.xml',
    write: (n, v) => joinLines('<?xml version="1.0" encoding="utf-8"?>', `<settings><${n.camel}>${escapeXml(v)}</${n.camel}></settings>`),
  },
  {
    id: 'xml-commented',
    path: 'Settings.xml',
    write: (n, v) => joinLines('<configuration>', `  <!-- <add key="${n.pascal}" value="${escapeXml(v)}" /> -->`, '</configuration>'),
  },
];

export const infrastructureCarriers: readonly Carrier[] = [
  { id: 'bicep-var', path: 'main.bicep', write: (n, v) => `var ${n.camel} = ${single(v)}\n` },
  {
    id: 'bicep-default',
    path: 'modules/app.bicep',
    write: (n, v) => joinLines("@description('For the first deployment')", `param ${n.camel} string = ${single(v)}`),
  },
  {
    id: 'bicep-setting',
    path: 'web.bicep',
    write: (n, v) => joinLines('      appSettings: [', '        {', `          name: '${n.env}'`, `          value: ${single(v)}`, '        }', '      ]'),
  },
  {
    id: 'tf-settings',
    path: 'app.tf',
    write: (n, v) => joinLines('  app_settings = {', `    "${n.env}" = ${json(v)}`, '    "WEBSITES_PORT"   = "8080"', '  }'),
  },
  {
    id: 'tf-default',
    path: 'variables.tf',
    write: (n, v) => joinLines(`variable "${n.snake}" {`, '  type    = string', `  default = ${json(v)}`, '}'),
  },
  {
    id: 'tfvars',
    path: 'prod.tfvars',
    write: (n, v) => joinLines('location = "westeurope"', `${n.snake} = ${json(v)}`),
  },
  {
    id: 'dockerfile-env',
    path: 'Dockerfile',
    write: (n, v) => joinLines('FROM node:24', `ENV ${n.env}=${json(v)}`, 'CMD ["node", "server.js"]'),
  },
  { id: 'dockerfile-arg', path: 'api.dockerfile', write: (n, v) => joinLines('FROM python:3.13', `ARG ${n.env}=${v}`) },
  {
    id: 'compose-map',
    path: 'compose.yaml',
    write: (n, v) => joinLines('services:', '  api:', '    image: api', '    environment:', `      ${n.env}: ${json(v)}`),
  },
  {
    id: 'compose-list',
    path: 'docker-compose.yml',
    write: (n, v) => joinLines('services:', '  api:', '    environment:', `      - ${n.env}=${v}`),
  },
  {
    id: 'k8s-env',
    path: 'deploy/deployment.yaml',
    write: (n, v) => joinLines('        env:', `        - name: ${n.env}`, `          value: ${json(v)}`),
  },
  {
    id: 'k8s-string-data',
    path: 'deploy/secret.yaml',
    write: (n, v) => joinLines('apiVersion: v1', 'kind: Secret', 'metadata:', '  name: orders', 'stringData:', `  ${n.kebab}: ${v}`),
  },
  {
    id: 'helm-set',
    path: 'deploy/helm.sh',
    write: (n, v) => `helm upgrade orders ./chart --set-string env.${n.env}=${shell(v)}\n`,
  },
  {
    id: 'github-env',
    path: '.github/workflows/deploy.yml',
    write: (n, v) => joinLines('jobs:', '  deploy:', '    runs-on: ubuntu-latest', '    env:', `      ${n.env}: ${doubledSingle(v)}`),
  },
  {
    id: 'github-run',
    path: '.github/workflows/test.yml',
    write: (n, v) => joinLines('      - run: |', '          npm ci', `          ${n.env}=${shell(v)} npm test`),
  },
  {
    id: 'pipelines-variable',
    path: 'azure-pipelines.yml',
    write: (n, v) => joinLines('variables:', `- name: ${n.camel}`, `  value: ${doubledSingle(v)}`),
  },
  {
    id: 'pipelines-map',
    path: 'pipelines/release.yml',
    write: (n, v) => joinLines('variables:', `  ${n.camel}: ${v}`, '  buildConfiguration: Release'),
  },
];

export const proseCarriers: readonly Carrier[] = [
  {
    id: 'markdown-block',
    path: 'README.md',
    write: (n, v) => joinLines('## Setup', '', '```sh', `export ${n.env}="${v}"`, '```'),
  },
  {
    id: 'markdown-inline',
    path: 'docs/setup.md',
    write: (n, v) => `Set \`${n.env}\` to \`${v}\` and start the app.\n`,
  },
  {
    id: 'markdown-table',
    path: 'docs/config.md',
    write: (n, v) => joinLines('| Setting | Value |', '| --- | --- |', `| ${n.env} | ${v} |`),
  },
  {
    id: 'notebook',
    path: 'analysis.ipynb',
    write: (n, v) =>
      json(
        {
          cells: [
            {
              cell_type: 'code',
              execution_count: 1,
              metadata: {},
              outputs: [],
              source: ['import os\n', `${n.snake} = ${json(v)}\n`],
            },
          ],
          nbformat: 4,
          nbformat_minor: 5,
        },
        null,
        1,
      ),
  },
  {
    id: 'notebook-output',
    path: 'explore.ipynb',
    write: (n, v) =>
      json({
        cells: [
          {
            cell_type: 'code',
            source: ['print(cs)'],
            outputs: [{ output_type: 'stream', name: 'stdout', text: [`${n.env}=${v}\n`] }],
          },
        ],
      }),
  },
  {
    id: 'log',
    path: 'app.log',
    write: (n, v) => joinLines('2026-03-01T08:00:00.000Z INFO  starting', `2026-03-01T08:00:00.120Z DEBUG ${n.pascal}=${v}`),
  },
  {
    id: 'log-json',
    path: 'trace.jsonl',
    write: (n, v) => `${json({ level: 'debug', time: 1772352000000, msg: `using ${n.camel}: ${v}` })}\n`,
  },
  {
    id: 'text',
    path: 'notes.txt',
    write: (n, v) => joinLines('For the new colleague:', `${n.words} = ${v}`, 'Ask Ana for the rest.'),
  },
  { id: 'sql-comment', path: 'migrate.sql', write: (n, v) => joinLines(`-- ${n.camel}: ${v}`, 'SELECT 1;') },
  {
    id: 'html-data',
    path: 'index.html',
    write: (n, v) => `<script>window.config = { ${n.camel}: ${json(v)} };</script>\n`,
  },
];

export const carriers: readonly Carrier[] = [...codeCarriers, ...scriptCarriers, ...configCarriers, ...infrastructureCarriers, ...proseCarriers];
