import MapsSearch from '@azure-rest/maps-search';
import { DefaultAzureCredential, getBearerTokenProvider } from '@azure/identity';
import { WebPubSubServiceClient } from '@azure/web-pubsub';
import { Registry } from 'azure-iothub';
import * as sdk from 'microsoft-cognitiveservices-speech-sdk';
import { AzureOpenAI } from 'openai';

const credential = new DefaultAzureCredential();

export const speech = sdk.SpeechConfig.fromEndpoint(new URL(process.env.AZURE_SPEECH_ENDPOINT!), credential);
export const ai = new AzureOpenAI({
  endpoint: process.env.AZURE_OPENAI_ENDPOINT,
  azureADTokenProvider: getBearerTokenProvider(credential, 'https://cognitiveservices.azure.com/.default'),
  apiVersion: '2024-10-21',
});
export const maps = MapsSearch(credential, process.env.AZURE_MAPS_CLIENT_ID!);
export const registry = Registry.fromTokenCredential(process.env.AZURE_IOTHUB_HOST_NAME!, credential);
export const live = new WebPubSubServiceClient(process.env.AZURE_WEBPUBSUB_ENDPOINT!, credential, 'stock');
