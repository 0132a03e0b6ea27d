import { alphanumeric, hex } from '../secrets/alphabets.ts';
import { base64Of, decodeBase64 } from '../secrets/base64.ts';
import { hostNear } from '../secrets/connection-string-key.ts';
import { annotatedKeyPattern, identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { isLocalHost } from '../secrets/grading.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import { assignmentOf } from '../secrets/assignment.ts';
import { base64url } from '../secrets/alphabets.ts';
import { longRun } from '../secrets/long-runs.ts';
import type { CredentialFormat, CredentialMatch, Grade, Service } from './service.ts';

const registryHost = /(?<![a-z0-9])([a-z0-9]+)\.azurecr\.(?:io|us|cn)/iu;

function gradeByHost(match: CredentialMatch, host: string): Grade | undefined {
  const registry = registryHost.exec(host)?.[1];
  if (registry === undefined || isPlaceholder(match.secret) || isFiller(match.secret)) return undefined;
  // One with a signature is judged by its checksum.
  if (/\+ACR|AZCR/u.test(match.secret.slice(-12))) return undefined;
  return { severity: 'error', confidence: 'medium', args: { registry } };
}

/** `"host": {… "auth": ` */
const hostBefore =
  /["\uE022](?:https?:\/\/)?(?<host>[\w.-]{1,200}(?::\d{1,5})?)(?:\/[\w./-]{0,80})?["\uE022]\s{0,8}:\s{0,8}\{[^{}]{0,800}$/u;

/** Docker keeps user and password together, in base64. */
function gradeDockerAuth(match: CredentialMatch): Grade | undefined {
  if (!match.mentions(/auths\\?["']/u)) return undefined;
  const bytes = decodeBase64(match.secret);
  const pair =
    bytes &&
    /^(?<user>[\x20-\x39\x3b-\x7e]{1,128}):(?<password>[\x20-\x7e]{3,4000})$/u.exec(String.fromCharCode(...bytes));
  const { user = '', password = '' } = pair?.groups ?? {};
  if (password === '' || isPlaceholder(password) || isFiller(password)) return undefined;
  const before = match.text.slice(Math.max(0, match.span.start - 1000), match.span.start);
  const host = hostBefore.exec(before)?.groups?.['host'];
  const args = { user: isPlaceholder(user) ? undefined : user, host };
  return host !== undefined && isLocalHost(host)
    ? { severity: 'information', confidence: 'low', args: { ...args, note: 'local or example server' } }
    : { severity: 'error', confidence: 'high', args };
}

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'docker-registry-auth',
    title: 'Sign-in to a container registry',
    message:
      'A base64-wrapped password[ of user {user}][ for the container registry {host}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can pull every image that this user may see and, where the user may push, replace images that will run in production.',
    remedy:
      'Let the cluster or app pull with a managed identity and AcrPull, sign in on your own machine with az acr login, then change the password.',
    severity: 'error',
    keywords: ['"auths'],
    patterns: [
      {
        regex: /["\uE022]auth["\uE022]\s{0,8}:\s{0,8}["\uE022](?<secret>[A-Za-z0-9+/]{8,8000}={0,2})["\uE022]/dgu,
        grade: gradeDockerAuth,
      },
    ],
    examples: {
      found: [
        {
          languageId: 'json',
          text: s =>
            `{\n  "auths": {\n    "contoso.azurecr.io": {\n      "auth": "«${base64Of(`contoso:${s.password()}`)}»"\n    }\n  }\n}`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"auths":{"https://index.docker.io/v1/":{"username":"orders","auth":"«${base64Of(`orders:${s.password()}`)}»"}}}`,
        },
        {
          languageId: 'yaml',
          text: s =>
            `stringData:\n  .dockerconfigjson: '{"auths":{"ghcr.io":{"auth":"«${base64Of(`bot:${s.password()}`)}»"}}}'`,
        },
        {
          languageId: 'json',
          severity: 'information',
          text: s => `{"auths":{"localhost:5000":{"auth":"«${base64Of(`me:${s.password()}`)}»"}}}`,
        },
      ],
      silent: [
        {
          languageId: 'json',
          text: () => '{"auths":{"contoso.azurecr.io":{}},"credsStore":"desktop"}',
          why: 'kept by a helper',
        },
        {
          languageId: 'json',
          text: () => `{"auths":{"contoso.azurecr.io":{"auth":"${base64Of('user:password')}"}}}`,
          why: 'placeholder',
        },
        {
          languageId: 'json',
          text: () => `{"auths":{"contoso.azurecr.io":{"auth":"${base64Of('contoso:$' + '{ACR_PASSWORD}')}"}}}`,
          why: 'variable',
        },
        {
          languageId: 'json',
          text: s => `{"auth":"${base64Of(`orders:${s.password()}`)}","kind":"none of Docker"}`,
          why: 'no file of Docker',
        },
      ],
    },
  },
  {
    id: 'container-registry-password',
    title: 'Azure Container Registry password',
    message: 'A password of an Azure Container Registry[, {registry},] is embedded here[ ({note})].',
    leak: 'Whoever reads it can pull every image with what is inside, and with the admin user replace images that will run in production.',
    remedy:
      'Sign in with az acr login, let the app pull with a managed identity and AcrPull, regenerate the password, then turn the admin user off.',
    severity: 'error',
    keywords: ['+ACR', 'JQQJ9', '.azurecr.'],
    patterns: [
      identifiableKeyPattern('containerRegistry', match => ({ registry: hostNear(match, registryHost) })),
      annotatedKeyPattern('AZCR', match => ({ registry: hostNear(match, registryHost) })),
      {
        begins: ['docker ', 'podman ', 'buildah ', 'nerdctl ', 'helm ', 'oras '],
        regex:
          /(?:docker|podman|buildah|nerdctl|helm {1,4}registry|oras) {1,4}login\s[^\r\n]{0,200}?(?:\s-p|--password)[\s=]["']?(?<secret>[\w+/=-]{20,100})(?![\w+/=-])/dgu,
        grade: match =>
          gradeByHost(match, /^[^\r\n]*/u.exec(match.text.slice(match.span.start, match.span.end + 200))?.[0] ?? ''),
      },
      {
        hint: longRun(`${base64url}+/=`, 32),
        regex: assignmentOf(
          '(?:registry|acr|docker|server)[\\w.:-]{0,30}(?:password|pwd)|(?<![\\w])password',
          '[A-Z0-9+/=_-]{32,64}',
        ),
        grade: match => gradeByHost(match, match.text.slice(Math.max(0, match.span.start - 300), match.span.end + 300)),
      },
    ],
    examples: {
      found: [
        {
          languageId: 'shellscript',
          text: s => `docker login contoso.azurecr.io -u contoso -p «${s.identifiableKey('containerRegistry')}»`,
        },
        { languageId: 'dotenv', text: s => `ACR_PASSWORD=«${s.annotatedKey('AZCR')}»` },
        {
          languageId: 'shellscript',
          text: s => `docker login -u contoso --password «${s.characters(32, alphanumeric)}» contoso.azurecr.io`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"DOCKER_REGISTRY_SERVER_URL":"https://contoso.azurecr.io","DOCKER_REGISTRY_SERVER_PASSWORD":"«${s.characters(32, alphanumeric)}»"}`,
        },
        {
          languageId: 'yaml',
          severity: 'warning',
          text: s =>
            `password: «${s.identifiableKey('containerRegistry').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»`,
        },
      ],
      silent: [
        {
          languageId: 'shellscript',
          text: () => 'docker login contoso.azurecr.io -u $ACR_USER -p $ACR_PASSWORD_FROM_ENVIRONMENT_VARIABLE',
          why: 'variable',
        },
        {
          languageId: 'shellscript',
          text: () => 'echo $T | docker login contoso.azurecr.io -u u --password-stdin',
          why: 'standard input',
        },
        {
          languageId: 'yaml',
          text: s => `image: contoso.azurecr.io/app@sha256:${s.characters(64, hex)}`,
          why: 'digest of an image',
        },
        {
          languageId: 'shellscript',
          text: s => `docker login registry.contoso.com -u u -p ${s.characters(32, alphanumeric)}`,
          why: 'another registry',
        },
      ],
    },
  },
];

export const containerRegistry: Service = {
  id: 'container-registry',
  name: 'Azure Container Registry',
  documentation:
    'https://learn.microsoft.com/azure/container-registry/container-registry-authentication-managed-identity',
  credentials,
  settings: [],
  template: {
    type: 'Microsoft.ContainerRegistry/registries',
    terraform: {
      types: ['azurerm_container_registry'],
      secrets: ['admin_password'],
    },
    grants: ['7f951dda-4ed3-4680-a7ca-43fe172d538d'],
  },
  // The clients of all five languages take a token credential and nothing else; the password goes to Docker and hosts.
  sdk: {
    typescript: 'tokenOnly',
    python: 'tokenOnly',
    csharp: 'tokenOnly',
    java: 'tokenOnly',
    go: 'tokenOnly',
  },
  operations: [],
  roles: [
    { name: 'AcrPull', id: '7f951dda-4ed3-4680-a7ca-43fe172d538d', grants: 'pulls images' },
    { name: 'AcrPush', id: '8311e382-0749-4cb8-b61a-304f252e45ec', grants: 'pulls and pushes images' },
  ],
  rotation: {
    command: 'az acr credential renew --name <name> --password-name password',
  },
  keysOff: {
    resourceType: 'Microsoft.ContainerRegistry/registries',
    property: 'adminUserEnabled',
    value: false,
    terraform: { resource: 'azurerm_container_registry', property: 'admin_enabled', value: false },
  },
  clients: [],
};
