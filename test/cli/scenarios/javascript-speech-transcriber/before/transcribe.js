import { readFileSync } from 'node:fs';
import * as sdk from 'microsoft-cognitiveservices-speech-sdk';

const key = '@@annotatedKey ACOG@@';
const region = 'westeurope';

const config = sdk.SpeechConfig.fromSubscription(key, region);
config.speechRecognitionLanguage = 'nl-NL';

const audio = sdk.AudioConfig.fromWavFileInput(readFileSync(process.argv[2] ?? 'speech.wav'));
const recognizer = new sdk.SpeechRecognizer(config, audio);

recognizer.recognizeOnceAsync(result => {
  console.log(result.text);
  recognizer.close();
});
