// Written by src/dev/generate.ts from the files of this folder; do not edit.
import { credentials as aiSearch } from './ai-search.ts';
import { credentials as aiServices } from './ai-services.ts';
import { credentials as apiManagement } from './api-management.ts';
import { credentials as appConfiguration } from './app-configuration.ts';
import { credentials as appService } from './app-service.ts';
import { credentials as applicationInsights } from './application-insights.ts';
import { credentials as automation } from './automation.ts';
import { credentials as azureOpenAI } from './azure-openai.ts';
import { credentials as azurePlatform } from './azure-platform.ts';
import { credentials as azureSql } from './azure-sql.ts';
import { credentials as batch } from './batch.ts';
import { credentials as botService } from './bot-service.ts';
import { credentials as certificates } from './certificates.ts';
import { credentials as communicationServices } from './communication-services.ts';
import { credentials as containerRegistry } from './container-registry.ts';
import { credentials as cosmosDb } from './cosmos-db.ts';
import { credentials as databricks } from './databricks.ts';
import { credentials as devOps } from './devops.ts';
import { credentials as emulators } from './emulators.ts';
import { credentials as entraId } from './entra-id.ts';
import { credentials as eventGrid } from './event-grid.ts';
import { credentials as eventHubs } from './event-hubs.ts';
import { credentials as functions } from './functions.ts';
import { credentials as iotHub } from './iot-hub.ts';
import { credentials as kubernetes } from './kubernetes.ts';
import { credentials as logAnalytics } from './log-analytics.ts';
import { credentials as logicApps } from './logic-apps.ts';
import { credentials as machineLearning } from './machine-learning.ts';
import { credentials as maps } from './maps.ts';
import { credentials as mongodb } from './mongodb.ts';
import { credentials as mysql } from './mysql.ts';
import { credentials as notificationHubs } from './notification-hubs.ts';
import { credentials as postgresql } from './postgresql.ts';
import { credentials as redis } from './redis.ts';
import { credentials as relay } from './relay.ts';
import { credentials as serviceBus } from './service-bus.ts';
import { credentials as signalR } from './signalr.ts';
import { credentials as storageBlob } from './storage-blob.ts';
import { credentials as tokens } from './tokens.ts';
import { credentials as virtualMachines } from './virtual-machines.ts';
import { credentials as webPubSub } from './web-pubsub.ts';
import type { CredentialFormat } from './service.ts';

/** The secrets of all services, in the order of the catalogue. */
export const serviceCredentials: readonly CredentialFormat[] = [
  ...aiSearch,
  ...aiServices,
  ...apiManagement,
  ...appConfiguration,
  ...appService,
  ...applicationInsights,
  ...automation,
  ...azureOpenAI,
  ...azurePlatform,
  ...azureSql,
  ...batch,
  ...botService,
  ...certificates,
  ...communicationServices,
  ...containerRegistry,
  ...cosmosDb,
  ...databricks,
  ...devOps,
  ...emulators,
  ...entraId,
  ...eventGrid,
  ...eventHubs,
  ...functions,
  ...iotHub,
  ...kubernetes,
  ...logAnalytics,
  ...logicApps,
  ...machineLearning,
  ...maps,
  ...mongodb,
  ...mysql,
  ...notificationHubs,
  ...postgresql,
  ...redis,
  ...relay,
  ...serviceBus,
  ...signalR,
  ...storageBlob,
  ...tokens,
  ...virtualMachines,
  ...webPubSub,
];
