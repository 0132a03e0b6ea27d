import type { SourceDocument } from '../engine/finding.ts';
import { isRefusal, type Fix, type FixOffer, type FollowUp, type Guide, type Refusal } from './fix.ts';

/** Clouds of Azure with host names of their own. */
export type SovereignCloud = 'usGovernment' | 'china';

const names: Readonly<Record<SovereignCloud, string>> = { usGovernment: 'Azure Government', china: 'Azure China' };

/** Where tokens are issued: `DefaultAzureCredential` asks the public cloud unless told otherwise. */
const authorities: Readonly<Record<SovereignCloud, string>> = {
  usGovernment: 'https://login.microsoftonline.us',
  china: 'https://login.chinacloudapi.cn',
};

/**
 * Host names and token audiences of the public cloud and their counterparts, longer ones first. Absent: the cloud does
 * not have the service.
 * https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure,
 * https://learn.microsoft.com/azure/china/resources-developer-guide
 */
const hosts: readonly { readonly public: string; readonly usGovernment?: string; readonly china?: string }[] = [
  { public: 'batch.core.windows.net', usGovernment: 'batch.core.usgovcloudapi.net', china: 'batch.chinacloudapi.cn' },
  { public: 'core.windows.net', usGovernment: 'core.usgovcloudapi.net', china: 'core.chinacloudapi.cn' },
  { public: 'batch.azure.com', usGovernment: 'batch.usgovcloudapi.net', china: 'batch.chinacloudapi.cn' },
  {
    public: 'servicebus.windows.net',
    usGovernment: 'servicebus.usgovcloudapi.net',
    china: 'servicebus.chinacloudapi.cn',
  },
  { public: 'database.windows.net', usGovernment: 'database.usgovcloudapi.net', china: 'database.chinacloudapi.cn' },
  { public: 'database.azure.com', usGovernment: 'database.usgovcloudapi.net', china: 'database.chinacloudapi.cn' },
  {
    public: 'redis.cache.windows.net',
    usGovernment: 'redis.cache.usgovcloudapi.net',
    china: 'redis.cache.chinacloudapi.cn',
  },
  { public: 'vault.azure.net', usGovernment: 'vault.usgovcloudapi.net', china: 'vault.azure.cn' },
  { public: 'documents.azure.com', usGovernment: 'documents.azure.us', china: 'documents.azure.cn' },
  { public: 'azconfig.io', usGovernment: 'azconfig.azure.us', china: 'azconfig.azure.cn' },
  { public: 'search.windows.net', usGovernment: 'search.azure.us', china: 'search.azure.cn' },
  {
    public: 'cognitiveservices.azure.com',
    usGovernment: 'cognitiveservices.azure.us',
    china: 'cognitiveservices.azure.cn',
  },
  { public: 'openai.azure.com', usGovernment: 'openai.azure.us' },
  { public: 'service.signalr.net', usGovernment: 'signalr.azure.us', china: 'signalr.azure.cn' },
  { public: 'webpubsub.azure.com', usGovernment: 'webpubsub.azure.us', china: 'webpubsub.azure.cn' },
  { public: 'azure-devices.net', usGovernment: 'azure-devices.us', china: 'azure-devices.cn' },
  {
    public: 'azure-devices-provisioning.net',
    usGovernment: 'azure-devices-provisioning.us',
    china: 'azure-devices-provisioning.cn',
  },
  { public: 'azurecr.io', usGovernment: 'azurecr.us', china: 'azurecr.cn' },
  { public: 'communication.azure.com', usGovernment: 'communication.azure.us' },
  { public: 'eventgrid.azure.net', usGovernment: 'eventgrid.azure.us', china: 'eventgrid.azure.cn' },
  { public: 'azurewebsites.net', usGovernment: 'azurewebsites.us', china: 'chinacloudsites.cn' },
  {
    public: 'management.azure.com',
    usGovernment: 'management.usgovcloudapi.net',
    china: 'management.chinacloudapi.cn',
  },
  {
    public: 'login.microsoftonline.com',
    usGovernment: 'login.microsoftonline.us',
    china: 'login.chinacloudapi.cn',
  },
];

const publicHost = new RegExp(
  `(?<![\\w-])(?:${hosts.map(host => host.public.replaceAll('.', '\\.')).join('|')})(?![\\w-]|\\.[a-z])`,
  'giu',
);
const sovereignHosts: Readonly<Record<SovereignCloud, RegExp>> = {
  usGovernment:
    /(?:\.usgovcloudapi\.net|\.azure\.us|(?:microsoftonline|azurecr|azure-devices|azurewebsites)\.us)(?![\w.-])/iu,
  china:
    /(?:\.chinacloudapi\.cn|\.azure\.cn|(?:microsoftonline|azurecr|azure-devices|chinacloudsites)\.cn)(?![\w.-])/iu,
};

/** The one sovereign cloud whose host names a text has. */
export function sovereignCloudIn(text: string): SovereignCloud | undefined {
  const found = (['usGovernment', 'china'] as const).filter(cloud => sovereignHosts[cloud].test(text));
  return found.length === 1 ? found[0] : undefined;
}

/** A text about the public cloud, said of another one. */
export function inCloud(text: string, cloud: SovereignCloud): string {
  return text.replace(publicHost, host => hosts.find(one => one.public === host.toLowerCase())?.[cloud] ?? host);
}

/**
 * An offer whose result stays in the cloud of the document: where its endpoints are those of a sovereign cloud, so are
 * the audiences of tokens, the examples and the addresses in what remains to be done.
 */
export function inCloudOf(document: SourceDocument, offer: FixOffer): FixOffer {
  return { ...offer, build: async () => stayInCloud(document, await offer.build()) };
}

function stayInCloud({ text }: SourceDocument, result: Fix | Refusal): Fix | Refusal {
  const added = isRefusal(result)
    ? ''
    : result.files.flatMap(({ edits }) => edits.map(edit => edit.newText)).join('\n');
  const cloud = sovereignCloudIn(`${text}\n${added}`);
  // A document of several clouds says of none of its parts which one it is for.
  if (cloud === undefined || text.search(publicHost) !== -1) return result;
  if (isRefusal(result)) return { refusal: inCloud(result.refusal, cloud), ...withGuide(result.guide, cloud) };
  const files = result.files.map(file => ({
    ...file,
    edits: file.edits.map(edit => ({ ...edit, newText: inCloud(edit.newText, cloud) })),
  }));
  if (files.some(({ edits }) => edits.some(({ newText }) => newText.search(publicHost) !== -1))) {
    return {
      refusal: `This is for ${names[cloud]}, and what would be written belongs to the public cloud. Look up how the service is reached there, then change this by hand.`,
    };
  }
  return { ...result, files, followUps: [...inThisCloud(result.followUps, cloud), ...signInThere(added, cloud)] };
}

function withGuide(guide: Guide | undefined, cloud: SovereignCloud): { readonly guide?: Guide } {
  if (guide === undefined) return {};
  const { steps, snippet, followUps } = guide;
  return {
    guide: {
      ...guide,
      steps: steps.map(step => inCloud(step, cloud)),
      ...(snippet && { snippet: { ...snippet, text: inCloud(snippet.text, cloud) } }),
      followUps: inThisCloud(followUps, cloud),
    },
  };
}

function inThisCloud(followUps: readonly FollowUp[], cloud: SovereignCloud): FollowUp[] {
  return followUps.map(({ message, copyable, forms, together, ...rest }) => ({
    ...rest,
    message: inCloud(message, cloud),
    ...(copyable !== undefined && { copyable: inCloud(copyable, cloud) }),
    ...(forms && { forms: forms.map(form => ({ ...form, text: inCloud(form.text, cloud) })) }),
    ...(together && {
      together: { ...together, ...(together.item && { item: inCloud(together.item, cloud) }) },
    }),
  }));
}

function signInThere(added: string, cloud: SovereignCloud): FollowUp[] {
  if (!/\b(?:Default|ClientSecret|AzureCli)\w*Credential\b/u.test(added)) return [];
  return [
    {
      kind: 'setSetting',
      message: `DefaultAzureCredential asks the public cloud for tokens unless told otherwise: set AZURE_AUTHORITY_HOST to that of ${names[cloud]} where developers and service principals sign in. A managed identity knows its cloud. Clients of AI Search, AI services and App Configuration take the cloud’s audience as an option.`,
      copyable: `AZURE_AUTHORITY_HOST=${authorities[cloud]}`,
    },
  ];
}
