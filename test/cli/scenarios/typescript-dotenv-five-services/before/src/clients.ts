import MapsSearch from '@azure-rest/maps-search';
import { AzureKeyCredential } from '@azure/core-auth';
import { WebPubSubServiceClient } from '@azure/web-pubsub';
import { Registry } from 'azure-iothub';
import * as sdk from 'microsoft-cognitiveservices-speech-sdk';
import { AzureOpenAI } from 'openai';

export const speech = sdk.SpeechConfig.fromSubscription(process.env.SPEECH_KEY!, process.env.SPEECH_REGION!);
export const ai = new AzureOpenAI({
  endpoint: process.env.AZURE_OPENAI_ENDPOINT,
  apiKey: process.env.AZURE_OPENAI_API_KEY,
  apiVersion: '2024-10-21',
});
export const maps = MapsSearch(new AzureKeyCredential(process.env.MAPS_KEY!));
export const registry = Registry.fromConnectionString(process.env.IOTHUB_CONNECTION_STRING!);
export const live = new WebPubSubServiceClient(process.env.PUBSUB_CONNECTION!, 'stock');
