import type { CredentialFormat, Service } from './service.ts';

const credentials: readonly CredentialFormat[] = [];

/** App registrations: a client secret signs in as the application wherever the application was granted something. */
export const entraId: Service = {
  id: 'entra-id',
  name: 'Microsoft Entra ID',
  documentation: 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation',
  credentials,
  settings: [],
  operations: [],
  roles: [],
  clients: [],
};
