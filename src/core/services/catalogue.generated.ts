// Written by src/dev/generate.ts from the files of this folder; do not edit.
import type { Service } from './service.ts';
import { azureOpenAI } from './azure-openai.ts';
import { azurePlatform } from './azure-platform.ts';
import { azureSql } from './azure-sql.ts';
import { cosmosDb } from './cosmos-db.ts';
import { entraId } from './entra-id.ts';
import { keyVaultSecrets } from './key-vault-secrets.ts';
import { serviceBus } from './service-bus.ts';
import { storageBlob } from './storage-blob.ts';

/** The service catalogue, in the order of its file names. */
export const services: readonly Service[] = [
  azureOpenAI,
  azurePlatform,
  azureSql,
  cosmosDb,
  entraId,
  keyVaultSecrets,
  serviceBus,
  storageBlob,
];
