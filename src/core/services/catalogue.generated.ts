// Written by src/dev/generate.ts from the files of this folder; do not edit.
import type { Service } from './service.ts';
import { contentSafety } from './ai-content-safety.ts';
import { documentIntelligence } from './ai-document-intelligence.ts';
import { language } from './ai-language.ts';
import { aiSearch } from './ai-search.ts';
import { aiServices } from './ai-services.ts';
import { speech } from './ai-speech.ts';
import { translator } from './ai-translator.ts';
import { vision } from './ai-vision.ts';
import { apiManagement } from './api-management.ts';
import { appConfiguration } from './app-configuration.ts';
import { appService } from './app-service.ts';
import { applicationInsights } from './application-insights.ts';
import { automation } from './automation.ts';
import { azureOpenAI } from './azure-openai.ts';
import { azurePlatform } from './azure-platform.ts';
import { azureSql } from './azure-sql.ts';
import { batch } from './batch.ts';
import { botService } from './bot-service.ts';
import { certificates } from './certificates.ts';
import { communicationServices } from './communication-services.ts';
import { containerRegistry } from './container-registry.ts';
import { cosmosDb } from './cosmos-db.ts';
import { dataLake } from './data-lake.ts';
import { databricks } from './databricks.ts';
import { devOps } from './devops.ts';
import { digitalTwins } from './digital-twins.ts';
import { emulators } from './emulators.ts';
import { entraId } from './entra-id.ts';
import { eventGrid } from './event-grid.ts';
import { eventHubs } from './event-hubs.ts';
import { functions } from './functions.ts';
import { iotHub } from './iot-hub.ts';
import { keyVaultCertificates } from './key-vault-certificates.ts';
import { keyVaultKeys } from './key-vault-keys.ts';
import { keyVaultSecrets } from './key-vault-secrets.ts';
import { kubernetes } from './kubernetes.ts';
import { logAnalytics } from './log-analytics.ts';
import { logicApps } from './logic-apps.ts';
import { machineLearning } from './machine-learning.ts';
import { maps } from './maps.ts';
import { mongodb } from './mongodb.ts';
import { monitorQuery } from './monitor-query.ts';
import { mysql } from './mysql.ts';
import { notificationHubs } from './notification-hubs.ts';
import { postgresql } from './postgresql.ts';
import { redis } from './redis.ts';
import { relay } from './relay.ts';
import { serviceBus } from './service-bus.ts';
import { signalR } from './signalr.ts';
import { storageBlob } from './storage-blob.ts';
import { storageFileShare } from './storage-file-share.ts';
import { storageQueue } from './storage-queue.ts';
import { storageTable } from './storage-table.ts';
import { tokens } from './tokens.ts';
import { virtualMachines } from './virtual-machines.ts';
import { webPubSub } from './web-pubsub.ts';

/** The service catalogue, in the order of its file names. */
export const services: readonly Service[] = [
  contentSafety,
  documentIntelligence,
  language,
  aiSearch,
  aiServices,
  speech,
  translator,
  vision,
  apiManagement,
  appConfiguration,
  appService,
  applicationInsights,
  automation,
  azureOpenAI,
  azurePlatform,
  azureSql,
  batch,
  botService,
  certificates,
  communicationServices,
  containerRegistry,
  cosmosDb,
  dataLake,
  databricks,
  devOps,
  digitalTwins,
  emulators,
  entraId,
  eventGrid,
  eventHubs,
  functions,
  iotHub,
  keyVaultCertificates,
  keyVaultKeys,
  keyVaultSecrets,
  kubernetes,
  logAnalytics,
  logicApps,
  machineLearning,
  maps,
  mongodb,
  monitorQuery,
  mysql,
  notificationHubs,
  postgresql,
  redis,
  relay,
  serviceBus,
  signalR,
  storageBlob,
  storageFileShare,
  storageQueue,
  storageTable,
  tokens,
  virtualMachines,
  webPubSub,
];
