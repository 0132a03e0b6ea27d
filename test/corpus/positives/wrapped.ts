import { base64Of } from '../../../src/core/secrets/base64.ts';
import { type CorpusEntry, negative, positive, type Template } from '../entry.ts';
import { joinLines } from '../names.ts';
import { spread, type SecretForm } from '../spread.ts';
import type { Values } from '../values.ts';

const wrapped = ['base64-wrapped-secret'];
const docker = ['docker-registry-auth'];

const storage = (v: Values): string => `DefaultEndpointsProtocol=https;AccountName=orders;AccountKey=${v.standIns.legacyKey64()};EndpointSuffix=core.windows.net`;
const sql = (v: Values): string => `Server=tcp:orders.database.windows.net,1433;User ID=app;Password=${v.strongPassword()};Encrypt=True`;
const bus = (v: Values): string => `Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${v.standIns.serviceBusKey()}`;
const mongo = (v: Values): string => `mongodb://orders:${v.alphanumeric(24)}@orders.mongo.cosmos.azure.com:10255/?ssl=true`;
const dockerConfig = (v: Values): string => `{"auths":{"orders.azurecr.io":{"username":"orders","auth":"${base64Of(`orders:${v.strongPassword()}`)}"}}}`;
const settings = (v: Values): string => joinLines('NODE_ENV=production', `STORAGE=${storage(v)}`, 'PORT=8080');

/** Secrets in base64 as a setting's value; the setting's name says nothing. */
const forms: readonly SecretForm[] = [
  { id: 'base64-storage', rules: wrapped, name: 'orders blob', value: v => `«${base64Of(storage(v))}»` },
  { id: 'base64-sql', rules: wrapped, name: 'orders database', value: v => `«${base64Of(sql(v))}»` },
  { id: 'base64-bus', rules: wrapped, name: 'orders bus', value: v => `«${base64Of(bus(v))}»` },
  { id: 'base64-env-file', rules: wrapped, name: 'env file', value: v => `«${base64Of(settings(v))}»` },
  { id: 'base64-json', rules: wrapped, name: 'app config', value: v => `«${base64Of(JSON.stringify({ bus: bus(v) }))}»` },
];

const texts: readonly (readonly [path: string, rules: readonly string[], template: Template])[] = [
  ['pull-secret.yaml', wrapped, v => joinLines('apiVersion: v1', 'kind: Secret', 'type: kubernetes.io/dockerconfigjson', 'metadata:', '  name: pull', 'data:', `  .dockerconfigjson: «${base64Of(dockerConfig(v))}»`)],
  ['pull-secret.json', wrapped, v => JSON.stringify({ kind: 'Secret', data: { '.dockerconfigjson': `«${base64Of(dockerConfig(v))}»` } }, null, 2)],
  ['secret.yaml', wrapped, v => joinLines('apiVersion: v1', 'kind: Secret', 'data:', `  cosmos: «${base64Of(mongo(v))}»`)],
  ['seed.py', wrapped, v => `DATABASE = base64.b64decode("«${base64Of(sql(v))}»").decode()\n`],
  ['Seed.java', wrapped, v => `String cs = new String(Base64.getDecoder().decode("«${base64Of(bus(v))}»"));\n`],
  ['seed.go', wrapped, v => `raw, _ := base64.StdEncoding.DecodeString("«${base64Of(storage(v))}»")\n`],
  ['seed.sh', wrapped, v => `echo «${base64Of(settings(v))}» | base64 -d > .env\n`],
  ['cloud-init.yaml', wrapped, v => joinLines('write_files:', '- encoding: b64', '  path: /etc/orders.env', `  content: «${base64Of(settings(v))}»`)],
  ['token.ts', wrapped, v => `export const token = Buffer.from('«${base64Of(`url: https://bot:x@github.com\ntoken: ${v.standIns.entraClientSecret()}`)}»', 'base64').toString();\n`],
  ['.docker/config.json', docker, v => JSON.stringify({ auths: { 'orders.azurecr.io': { auth: `«${base64Of(`orders:${v.strongPassword()}`)}»` } } }, null, '\t')],
  ['config.json', docker, v => JSON.stringify({ auths: { 'https://index.docker.io/v1/': { auth: `«${base64Of(`orders:${v.alphanumeric(36)}`)}»` } }, HttpHeaders: {} })],
  ['auth.json', docker, v => JSON.stringify({ auths: { 'quay.io': { auth: `«${base64Of(`orders+robot:${v.alphanumeric(64).toUpperCase()}`)}»`, email: '' } } }, null, 2)],
  ['pull.yaml', docker, v => joinLines('stringData:', '  .dockerconfigjson: |', `    {"auths": {"ghcr.io": {"auth": "«${base64Of(`bot:${v.strongPassword()}`)}»"}}}`)],
  ['pull.tf', docker, v => `  ".dockerconfigjson" = "{\\"auths\\":{\\"orders.azurecr.io\\":{\\"auth\\":\\"«${base64Of(`orders:${v.strongPassword()}`)}»\\"}}}"\n`],
  ['kaniko.sh', docker, v => `echo '{"auths":{"orders.azurecr.io":{"auth":"«${base64Of(`orders:${v.strongPassword()}`)}»"}}}' > /kaniko/.docker/config.json\n`],
  ['azure-pipelines.yml', docker, v => `- script: echo '{"auths":{"orders.azurecr.cn":{"username":"orders","auth":"«${base64Of(`orders:${v.strongPassword()}`)}»"}}}' > ~/.docker/config.json\n`],
  ['Pull.cs', docker, v => `var config = @"{""auths"": {""orders.azurecr.io"": {""auth"": ""«${base64Of(`orders:${v.strongPassword()}`)}»""}}}";\n`],
];

const neighbours: readonly (readonly [path: string, why: string, template: Template])[] = [
  ['values.yaml', 'a placeholder in base64', () => `storage: ${base64Of('DefaultEndpointsProtocol=https;AccountName=orders;AccountKey=<key>;EndpointSuffix=core.windows.net')}\n`],
  ['secret.yaml', 'a variable in base64', () => joinLines('kind: Secret', 'data:', `  db: ${base64Of('Server=orders.database.windows.net;User ID=app;Password=${DB_PASSWORD};')}`)],
  ['keyless.yaml', 'keyless in base64', () => `cs: ${base64Of('Server=orders.database.windows.net;Authentication=Active Directory Default;Password=')}\n`],
  ['local.yaml', 'the emulator in base64', () => `cs: ${base64Of('UseDevelopmentStorage=true;AccountKey=;Password=')}\n`],
  ['icon.ts', 'an image', v => `export const icon = 'data:image/png;base64,iVBORw0KGgo${v.base64(900).replaceAll('=', 'A')}';\n`],
  ['payload.json', 'bytes', v => JSON.stringify({ payload: v.base64(600), nonce: v.base64(24) })],
  ['text.ts', 'words in base64', () => `atob('${base64Of('The password= field takes twelve characters; the AccountKey= field is for experts.')}');\n`],
  ['cert.yaml', 'a certificate in base64', v => `ca: ${base64Of(`-----BEGIN CERTIFICATE-----\n${v.base64(300)}\n-----END CERTIFICATE-----\n`)}\n`],
  ['config.json', 'a helper keeps the password', () => JSON.stringify({ auths: { 'orders.azurecr.io': {} }, credHelpers: { 'orders.azurecr.io': 'acr-env' } })],
  ['config.json.template', 'a placeholder of Docker', () => JSON.stringify({ auths: { 'orders.azurecr.io': { auth: base64Of('user:password') } } })],
  ['pull.yaml', 'filled in by Helm', () => '.dockerconfigjson: {{ template "imagePullSecret" . }}\n'],
  ['basic.ts', 'auth of another kind', v => `const o = { "auth": "${v.base64(30)}" };\n`],
];

export function wrappedSecrets(): CorpusEntry[] {
  return [
    ...spread(forms, 11),
    ...texts.map(([path, rules, template], i) => positive(`wrapped/${i}-${path}`, path, rules, template)),
    ...neighbours.map(([path, why, template], i) => negative(`wrapped-silent/${i}-${path}`, path, why, template)),
  ];
}
