import { lowerAlphanumeric } from '../secrets/alphabets.ts';
import { isFiller } from '../secrets/placeholder.ts';
import type { CredentialFormat, Service } from './service.ts';

const clusterHost = /(?<![a-z0-9-])([a-z0-9-]{1,63}?)(?:-[a-z0-9]{8})?\.(?:hcp|privatelink)\.[a-z0-9]+\.azmk8s\.io/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'kubernetes-credential',
    title: 'Kubernetes credential of a kubeconfig',
    message: 'A Kubernetes {kind}[ for cluster {cluster}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can use the cluster as this user; that of az aks get-credentials --admin is its administrator.',
    remedy:
      'Sign in with kubelogin (Microsoft Entra ID), grant Azure Kubernetes Service RBAC roles, rotate the cluster’s certificates, then disable local accounts.',
    severity: 'error',
    keywords: ['client-key-data', 'azmk8s.io', 'kubeconfig', 'kind: config'],
    patterns: [
      {
        begins: ['client-key-data'],
        regex: /client-key-data["']?\s{0,4}:\s{0,4}["']?(?<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/]{80,18000}={0,2})/dgu,
        grade: match => ({
          severity: 'error',
          confidence: 'high',
          args: { kind: 'client key', cluster: match.mentions(clusterHost) ? nameNear(match.text) : undefined },
        }),
      },
      {
        begins: ['token'],
        regex: /(?<![\w-])token["']?\s{0,4}:\s{0,4}["']?(?<secret>[a-z0-9]{64,160})(?![\w+/=-])/dgu,
        grade: match =>
          !isFiller(match.secret) &&
          match.mentions(/azmk8s\.io|kind: ?["']?Config\b/u) &&
          match.mentions(/(?:clusters|users)["']?:/u)
            ? {
                severity: 'error',
                confidence: 'medium',
                args: { kind: 'token', cluster: nameNear(match.text) },
              }
            : undefined,
      },
    ],
    examples: {
      found: [
        {
          languageId: 'yaml',
          text: s =>
            `users:\n- name: clusterAdmin\n  user:\n    client-certificate-data: ${s.base64Of('-----BEGIN CERTIFICATE-----')}\n    client-key-data: «${s.base64Of(`-----BEGIN RSA PRIVATE KEY-----\n${s.privateKeyBody()}`)}»\n`,
        },
        {
          languageId: 'yaml',
          text: s =>
            `kind: Config\nclusters:\n- cluster:\n    server: https://contoso-1a2b3c4d.hcp.westeurope.azmk8s.io:443\nusers:\n- name: a\n  user:\n    token: «${s.characters(128, lowerAlphanumeric)}»\n`,
        },
      ],
      silent: [
        { languageId: 'yaml', text: () => 'users:\n- user:\n    client-key-data: REDACTED\n', why: 'redacted' },
        {
          languageId: 'yaml',
          text: () => 'kind: Config\nusers:\n- user:\n    exec:\n      command: kubelogin\n',
          why: 'signs in with Microsoft Entra ID',
        },
      ],
    },
  },
];

function nameNear(text: string): string | undefined {
  return clusterHost.exec(text)?.[1];
}

export const kubernetes: Service = {
  id: 'kubernetes',
  name: 'Azure Kubernetes Service',
  documentation: 'https://learn.microsoft.com/azure/aks/kubelogin-authentication',
  credentials,
  settings: [],
  operations: [],
  roles: [
    {
      name: 'Azure Kubernetes Service Cluster User Role',
      id: '4abbcc35-e782-43d8-92c5-2d3f1bd2253f',
      grants: 'gets a kubeconfig without credentials in it',
    },
    {
      name: 'Azure Kubernetes Service RBAC Reader',
      id: '7f6c6a51-bcf8-42ba-9220-52d62157d7db',
      grants: 'reads most objects of a namespace',
    },
  ],
  keysOff: {
    resourceType: 'Microsoft.ContainerService/managedClusters',
    property: 'disableLocalAccounts',
    value: true,
    terraform: { resource: 'azurerm_kubernetes_cluster', property: 'local_account_disabled', value: true },
  },
  clients: [],
};
