// Written by src/dev/generate.ts from the files of this folder; do not edit.
import type { Service } from './service.ts';
import { aiSearch } from './ai-search.ts';
import { apiManagement } from './api-management.ts';
import { appConfiguration } from './app-configuration.ts';
import { azureOpenAI } from './azure-openai.ts';
import { azurePlatform } from './azure-platform.ts';
import { azureSql } from './azure-sql.ts';
import { batch } from './batch.ts';
import { communicationServices } from './communication-services.ts';
import { containerRegistry } from './container-registry.ts';
import { cosmosDb } from './cosmos-db.ts';
import { devOps } from './devops.ts';
import { entraId } from './entra-id.ts';
import { eventGrid } from './event-grid.ts';
import { eventHubs } from './event-hubs.ts';
import { functions } from './functions.ts';
import { iotHub } from './iot-hub.ts';
import { keyVaultSecrets } from './key-vault-secrets.ts';
import { machineLearning } from './machine-learning.ts';
import { maps } from './maps.ts';
import { notificationHubs } from './notification-hubs.ts';
import { redis } from './redis.ts';
import { relay } from './relay.ts';
import { serviceBus } from './service-bus.ts';
import { signalR } from './signalr.ts';
import { storageBlob } from './storage-blob.ts';
import { webPubSub } from './web-pubsub.ts';

/** The service catalogue, in the order of its file names. */
export const services: readonly Service[] = [
  aiSearch,
  apiManagement,
  appConfiguration,
  azureOpenAI,
  azurePlatform,
  azureSql,
  batch,
  communicationServices,
  containerRegistry,
  cosmosDb,
  devOps,
  entraId,
  eventGrid,
  eventHubs,
  functions,
  iotHub,
  keyVaultSecrets,
  machineLearning,
  maps,
  notificationHubs,
  redis,
  relay,
  serviceBus,
  signalR,
  storageBlob,
  webPubSub,
];
