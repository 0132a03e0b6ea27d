import type { GuidedClient } from '../service.ts';

const secret = { capture: 'KEY', form: 'key' } as const;
const why =
  'This client of Computer Vision is retired and takes a key alone; its successor Image Analysis has another API.';

/** Clients of before the SDKs were made anew. */
export const visionGuides: readonly GuidedClient[] = [
  {
    secret,
    why,
    language: 'typescript',
    module: '@azure/ms-rest-js',
    package: '@azure/cognitiveservices-computervision',
    before: "new ApiKeyCredentials({ inHeader: { 'Ocp-Apim-Subscription-Key': $KEY } })",
    steps: [
      'Replace `@azure/cognitiveservices-computervision` and `@azure/ms-rest-js` by `@azure-rest/ai-vision-image-analysis` and `@azure/identity`.',
      'Give the resource a custom subdomain if it has none yet, and make the client as below.',
      'Ask for the features by name: `analyzeImage` is a `POST` to `/imageanalysis:analyze` with `features` in the query.',
    ],
    snippet: `import createImageAnalysisClient from '@azure-rest/ai-vision-image-analysis';
import { DefaultAzureCredential } from '@azure/identity';

const client = createImageAnalysisClient('https://<custom-subdomain>.cognitiveservices.azure.com', new DefaultAzureCredential());

export const describe = (url: string) =>
  client.path('/imageanalysis:analyze').post({
    body: { url },
    queryParameters: { features: ['Caption', 'Tags'] },
    contentType: 'application/json',
  });
`,
    examples: [
      {
        before: standIns => `import { ComputerVisionClient } from '@azure/cognitiveservices-computervision';
import { ApiKeyCredentials } from '@azure/ms-rest-js';

const credentials = new ApiKeyCredentials({ inHeader: { 'Ocp-Apim-Subscription-Key': '${standIns.annotatedKey('ACOG')}' } });
export const vision = new ComputerVisionClient(credentials, 'https://contoso-eyes.cognitiveservices.azure.com');
`,
      },
    ],
  },
  {
    secret,
    why,
    language: 'python',
    module: 'msrest.authentication',
    package: 'azure-cognitiveservices-vision-computervision',
    before: 'CognitiveServicesCredentials($KEY)',
    steps: [
      'Replace `azure-cognitiveservices-vision-computervision` and `msrest` by `azure-ai-vision-imageanalysis` and `azure-identity`.',
      'Give the resource a custom subdomain if it has none yet, and make the client as below.',
      'Call `analyze` or `analyze_from_url` with the visual features that you need.',
    ],
    snippet: `from azure.ai.vision.imageanalysis import ImageAnalysisClient
from azure.identity import DefaultAzureCredential

client = ImageAnalysisClient(
    endpoint="https://<custom-subdomain>.cognitiveservices.azure.com",
    credential=DefaultAzureCredential(),
)
`,
    examples: [
      {
        before: standIns => `from azure.cognitiveservices.vision.computervision import ComputerVisionClient
from msrest.authentication import CognitiveServicesCredentials

client = ComputerVisionClient(
    "https://contoso-eyes.cognitiveservices.azure.com",
    CognitiveServicesCredentials("${standIns.annotatedKey('ACOG')}"),
)
`,
      },
    ],
  },
  {
    secret,
    why,
    language: 'csharp',
    module: 'Microsoft.Azure.CognitiveServices.Vision.ComputerVision',
    package: 'Microsoft.Azure.CognitiveServices.Vision.ComputerVision',
    before: 'new ApiKeyServiceClientCredentials($KEY)',
    steps: [
      'Replace the package `Microsoft.Azure.CognitiveServices.Vision.ComputerVision` by `Azure.AI.Vision.ImageAnalysis` and add `Azure.Identity`.',
      'Give the resource a custom subdomain if it has none yet, and make the client as below.',
      'Call `Analyze` with the visual features that you need.',
    ],
    snippet: `using System;
using Azure.AI.Vision.ImageAnalysis;
using Azure.Identity;

var client = new ImageAnalysisClient(
    new Uri("https://<custom-subdomain>.cognitiveservices.azure.com"),
    new DefaultAzureCredential());
`,
    examples: [
      {
        before: standIns => `using Microsoft.Azure.CognitiveServices.Vision.ComputerVision;

var client = new ComputerVisionClient(new ApiKeyServiceClientCredentials("${standIns.annotatedKey('ACOG')}"))
{
    Endpoint = "https://contoso-eyes.cognitiveservices.azure.com",
};
`,
      },
    ],
  },
];
