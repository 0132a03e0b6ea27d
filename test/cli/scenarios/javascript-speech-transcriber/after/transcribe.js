import { readFileSync } from 'node:fs';
import { DefaultAzureCredential } from '@azure/identity';
import * as sdk from 'microsoft-cognitiveservices-speech-sdk';

const config = sdk.SpeechConfig.fromEndpoint(new URL(process.env.AZURE_SPEECH_ENDPOINT ?? ''), new DefaultAzureCredential());
config.speechRecognitionLanguage = 'nl-NL';

const audio = sdk.AudioConfig.fromWavFileInput(readFileSync(process.argv[2] ?? 'speech.wav'));
const recognizer = new sdk.SpeechRecognizer(config, audio);

recognizer.recognizeOnceAsync(result => {
  console.log(result.text);
  recognizer.close();
});
