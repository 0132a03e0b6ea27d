import type { Finding, SourceDocument } from '../engine/finding.ts';
import { isAppConfig } from '../formats/app-config.ts';
import { springSettingsAt } from '../formats/spring-settings.ts';
import { applyEdits, spanContains, type TextEdit } from '../text/text-edit.ts';
import { vaultEntryAt } from './key-vault-app-config.ts';
import { isParameterFile, parameterGuide } from './key-vault-parameters.ts';
import { addVaultProvider, readsVault } from './key-vault-provider.ts';
import { addressStep, keyVaultFollowUps, revokeStep, storeSentence, storeStep } from './key-vault-steps.ts';
import { isRefusal, type FixOffer, type FollowUp, type Guide, type Refusal } from './fix.ts';
import { settingPlaceAt } from './setting-places.ts';
import { settingEntryAt } from './settings-files.ts';
import { springEdits } from './spring-edits.ts';
import type { RewriteTools } from './tools.ts';

/** What a kind of settings file offers for a secret in it, besides a keyless form. */
interface SettingsFile {
  readonly is: (document: SourceDocument) => boolean;
  readonly offers: (request: Request) => readonly FixOffer[];
}

interface Request {
  readonly document: SourceDocument;
  readonly finding: Finding;
  readonly tools: RewriteTools;
  /** Of the catalogue, for a file whose own names cannot name a secret. */
  readonly secretName: string;
  /** Nothing better exists: the way to the vault is the fix. */
  readonly isPreferred: boolean;
}

/** Offers for a secret in a file of settings; none where the file is of no kind that has a way of its own. */
export function settingsVaultOffers(request: Request): readonly FixOffer[] {
  return kinds.find(({ is }) => is(request.document))?.offers(request) ?? [];
}

const named =
  (name: RegExp) =>
  ({ uri }: SourceDocument): boolean =>
    name.test(uri);

const kinds: readonly SettingsFile[] = [
  { is: named(/(?:^|[/\\])appsettings(?:\.[\w-]+)?\.json$/iu), offers: inAppSettings },
  { is: named(/(?:^|[/\\])local\.settings\.json$/iu), offers: inFunctionsSettings },
  { is: ({ uri }) => isAppConfig(uri), offers: inAppConfig },
  { is: isParameterFile, offers: inParameters },
  { is: named(/(?:^|[/\\])(?:application|bootstrap)(?:-[\w.-]+)?\.(?:properties|ya?ml)$/iu), offers: inSpring },
  { is: ({ languageId }) => languageId === 'dockercompose', offers: inCompose },
  {
    is: ({ languageId, text }) => languageId === 'yaml' && /^apiVersion:/mu.test(text) && /^kind:/mu.test(text),
    offers: inKubernetes,
  },
  { is: ({ languageId }) => languageId === 'dotenv', offers: inDotenv },
];

function inAppSettings({ document, finding, tools, isPreferred }: Request): FixOffer[] {
  const entry = settingEntryAt(document, finding.span.start);
  if (entry === undefined) return [];
  const { name } = entry;
  const secretName = name.replaceAll(':', '--');
  const nameable = /^[\w-]+$/u.test(secretName) && !secretName.includes('_');
  const offers: FixOffer[] = [
    {
      id: 'move-to-key-vault',
      title: `Move to Key Vault: the configuration reads ${name} from there`,
      isPreferred,
      async build() {
        if (!nameable) return guide(byConfiguration(name));
        const edits = sound(document, finding, entry.remove());
        if (isRefusal(edits)) return edits;
        const steps = [storeStep(secretName), ...keyVaultFollowUps()];
        if (await readsVault(document, tools)) return { files: [{ uri: document.uri, edits }], followUps: steps };
        const added = await addVaultProvider(document, tools);
        if (added === undefined) return guide(byConfiguration(name));
        return {
          files: [{ uri: document.uri, edits }, ...added.files],
          followUps: [storeStep(secretName), addressStep, ...added.followUps, ...keyVaultFollowUps()],
        };
      },
    },
  ];
  if (/\.Development\.json$/iu.test(document.uri)) offers.push(toUserSecrets(document, finding, tools));
  return offers;
}

/** For a name that no secret can have, or a program whose builder is not found. */
function byConfiguration(setting: string): Guide {
  return {
    title: 'Read the secret from Key Vault by name',
    steps: [
      `Store a new value as \`${setting.replaceAll(':', '--')}\`: \`--\` parts the levels of a section. Names have letters, digits and hyphens alone, so rename the setting where it has others.`,
      'Add the packages `Azure.Extensions.AspNetCore.Configuration.Secrets` and `Azure.Identity`, and the vault as the last source of the configuration, as below.',
      `Delete \`${setting}\` here: code goes on to read it by the same name.`,
    ],
    snippet: {
      languageId: 'csharp',
      text: `using Azure.Identity;\n\nbuilder.Configuration.AddAzureKeyVault(\n    new Uri(builder.Configuration["AZURE_KEY_VAULT_ENDPOINT"]!),\n    new DefaultAzureCredential());\n`,
    },
    documentation: 'https://learn.microsoft.com/aspnet/core/security/key-vault-configuration',
    followUps: keyVaultFollowUps(),
  };
}

/** On a developer's machine the value moves out of the repository. */
function toUserSecrets(document: SourceDocument, finding: Finding, tools: RewriteTools): FixOffer {
  return {
    id: 'user-secrets',
    title: 'Take it out of the file: keep it in user secrets',
    isPreferred: false,
    async build() {
      const entry = settingEntryAt(document, finding.span.start);
      const project = await tools.workspace?.findUp(document.uri, [/\.csproj$/iu]);
      if (entry === undefined || project === undefined) {
        return { refusal: 'No .NET project was found for this file: user secrets belong to one.' };
      }
      const edits = sound(document, finding, entry.remove());
      if (isRefusal(edits)) return edits;
      const followUps: FollowUp[] = [
        {
          kind: 'setSetting',
          message: `Set ${entry.name} in the user secrets of each developer who needs it: a file with JSON goes to the command by standard input.`,
          copyable: 'dotnet user-secrets set < secrets.json',
        },
        revokeStep,
      ];
      if (!/<UserSecretsId>/u.test(project.text)) {
        followUps.unshift({
          kind: 'setSetting',
          message: 'Give the project an id for its user secrets.',
          copyable: 'dotnet user-secrets init',
        });
      }
      return { files: [{ uri: document.uri, edits }], followUps };
    },
  };
}

/** The host of Functions resolves references in Azure, and Core Tools do on a developer's machine. */
function inFunctionsSettings({ document, finding, secretName, isPreferred }: Request): FixOffer[] {
  const entry = settingEntryAt(document, finding.span.start);
  if (entry === undefined) return [];
  const { name } = entry;
  const own = secretNameOf(name) ?? secretName;
  const reference = referenceLike(document.text, own);
  const settingStep: FollowUp = {
    kind: 'setSetting',
    message: `Give the app in Azure the same reference as ${name}. \`func start\` resolves it as the developer who signed in with \`az login\`.`,
  };
  if (reference !== undefined) {
    return [
      {
        id: 'move-to-key-vault',
        title: 'Move to Key Vault: refer to it like the other settings',
        isPreferred,
        build() {
          const edits = sound(document, finding, entry.become(name, reference));
          if (isRefusal(edits)) return Promise.resolve(edits);
          const followUps = [storeStep(own), settingStep, ...keyVaultFollowUps()];
          return Promise.resolve({ files: [{ uri: document.uri, edits }], followUps });
        },
      },
    ];
  }
  return [
    guideOffer({
      title: 'Refer to a secret in Key Vault',
      steps: [
        storeSentence(own),
        `Put the reference below in the place of the value of \`${name}\`, here and among the settings of the app in Azure. \`func start\` (Core Tools 4) resolves it as the developer who signed in with \`az login\`.`,
        'Keep `local.settings.json` out of git all the same.',
      ],
      snippet: {
        languageId: 'json',
        text: `${JSON.stringify(name)}: "@Microsoft.KeyVault(VaultName=<vault-name>;SecretName=${own})"\n`,
      },
      documentation: 'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references',
      followUps: keyVaultFollowUps(),
    }),
  ];
}

function inParameters({ document, finding }: Request): FixOffer[] {
  const steps = parameterGuide(document, finding.span.start);
  return steps === undefined ? [] : [guideOffer(steps)];
}

function inAppConfig({ document, finding, isPreferred }: Request): FixOffer[] {
  const entry = vaultEntryAt(document, finding);
  if (entry === undefined) return [];
  const { edits, secretName } = entry;
  if (edits === undefined) return [guideOffer(entry.guide)];
  return [
    {
      id: 'move-to-key-vault',
      title: 'Move to Key Vault: the configuration builder reads it from there',
      isPreferred,
      build() {
        const fixed = sound(document, finding, edits);
        if (isRefusal(fixed)) return Promise.resolve(fixed);
        const followUps = [storeStep(secretName), ...keyVaultFollowUps()];
        return Promise.resolve({ files: [{ uri: document.uri, edits: fixed }], followUps });
      },
    },
  ];
}

function inSpring({ document, finding, isPreferred }: Request): FixOffer[] {
  const settings = springSettingsAt(document.uri, document.text, finding.span.start);
  const at = settings?.properties.find(({ valueSpan }) => spanContains(valueSpan, finding.span));
  if (settings === undefined || at === undefined) return [];
  const secretName = at.name.replaceAll('.', '-');
  const nameable = /^[\da-z-]+$/iu.test(secretName);
  const source = /^spring\.cloud\.azure\.keyvault\.secret\.propertysources?(?:\[\d+\])?\.endpoint$/u;
  const steps = [storeStep(secretName), ...keyVaultFollowUps()];
  if (nameable && settings.properties.some(({ canonical }) => source.test(canonical))) {
    return [
      {
        id: 'move-to-key-vault',
        title: `Move to Key Vault: the property source reads ${at.name} from there`,
        isPreferred,
        build() {
          const edits = springEdits(document.uri, document.text, settings, at, { remove: [at.name], set: [] });
          const fixed = edits === undefined ? commentInTheWay : sound(document, finding, edits);
          if (isRefusal(fixed)) return Promise.resolve(fixed);
          return Promise.resolve({ files: [{ uri: document.uri, edits: fixed }], followUps: steps });
        },
      },
    ];
  }
  return [
    guideOffer({
      title: 'Read the property from Key Vault',
      steps: [
        storeSentence(secretName),
        'Add the dependency `com.azure.spring:spring-cloud-azure-starter-keyvault-secrets` and the property source below: a dot in the name of a property is a hyphen in the name of a secret.',
        `Delete \`${at.name}\` here: the code goes on to read it by the same name.`,
      ],
      snippet: {
        languageId: 'properties',
        text: 'spring.cloud.azure.keyvault.secret.property-sources[0].endpoint=https://<vault-name>.vault.azure.net/\n',
      },
      documentation: 'https://learn.microsoft.com/azure/developer/java/spring-framework/secret-management',
      followUps: keyVaultFollowUps(),
    }),
  ];
}

const commentInTheWay: Refusal = {
  refusal: 'The lines to be changed hold something else as well. Move it to a line of its own, then run the fix again.',
};

/** Compose fills values in from the environment of whoever starts it, or from a file that git ignores. */
function inCompose({ document, finding }: Request): FixOffer[] {
  const place = settingPlaceAt(document, finding.span);
  if (place === undefined || !/^[A-Z]\w*$/u.test(place.name)) return [];
  const { name } = place;
  return [
    {
      id: 'from-environment',
      title: `Take it from the environment: \${${name}}`,
      isPreferred: false,
      build() {
        const written = place.replaceBy([{ name, text: `\${${name}:?}` }]);
        const edits =
          written === undefined
            ? { refusal: 'The value is written in a way that this fix cannot change safely.' }
            : sound(document, finding, written);
        if (isRefusal(edits)) return Promise.resolve(edits);
        return Promise.resolve({
          files: [{ uri: document.uri, edits }],
          followUps: [
            {
              kind: 'setSetting',
              message: `Set ${name} where the containers are started: in the environment, or in a .env file beside this one that git ignores. Compose says so when it is missing. In Azure, Container Apps and App Service take it from Key Vault.`,
              copyable: `${name}=`,
            },
            revokeStep,
          ],
        });
      },
    },
  ];
}

function inKubernetes({ document, finding, secretName }: Request): FixOffer[] {
  const place = settingPlaceAt(document, finding.span);
  const own = secretNameOf(place?.name ?? '') ?? secretName;
  return [
    guideOffer({
      title: 'Mount the secret from Key Vault',
      steps: [
        storeSentence(own),
        'Turn on workload identity and the Key Vault provider for the Secrets Store CSI driver in the cluster, and federate the service account with a managed identity.',
        `Declare what is mounted as below, mount it as a volume, and take \`${place?.name ?? 'the value'}\` by \`secretKeyRef\` from the Secret that it makes. A \`data\` entry in base64 hides nothing.`,
        'Delete the value here.',
      ],
      snippet: {
        languageId: 'yaml',
        text: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: ${own}
spec:
  provider: azure
  parameters:
    clientID: <client-id-of-the-identity>
    keyvaultName: <vault-name>
    tenantId: <tenant-id>
    objects: |
      array:
        - |
          objectName: ${own}
          objectType: secret
  secretObjects:
    - secretName: ${own}
      type: Opaque
      data:
        - objectName: ${own}
          key: value
`,
      },
      documentation: 'https://learn.microsoft.com/azure/aks/csi-secrets-store-identity-access',
      followUps: keyVaultFollowUps(),
    }),
  ];
}

function inDotenv({ document, finding, secretName }: Request): FixOffer[] {
  const place = settingPlaceAt(document, finding.span);
  if (place === undefined) return [];
  const own = secretNameOf(place.name) ?? secretName;
  return [
    guideOffer({
      title: 'Move the secret to Key Vault',
      steps: [
        storeSentence(own),
        `Where App Service, Functions or Container Apps runs the code, set \`${place.name}\` to the reference below: the code goes on to read the same variable. Elsewhere let it read the secret by name.`,
        'On developers’ machines keep the value in a `.env` that git ignores, and commit a `.env.example` without values.',
        'Delete the value here, and stop git from following the file: `git rm --cached`.',
      ],
      snippet: {
        languageId: 'dotenv',
        text: `${place.name}=@Microsoft.KeyVault(VaultName=<vault-name>;SecretName=${own})\n`,
      },
      documentation: 'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references',
      followUps: keyVaultFollowUps(),
    }),
  ];
}

function guideOffer(steps: Guide): FixOffer {
  return {
    id: 'guide',
    title: 'Move to Key Vault…',
    isPreferred: false,
    build: () => Promise.resolve(guide(steps)),
  };
}

function guide(steps: Guide): Refusal {
  return { refusal: 'A secret that has to stay one belongs in Key Vault, which an identity reads.', guide: steps };
}

/** Letters, digits and hyphens are all that the name of a secret may have. */
function secretNameOf(setting: string): string | undefined {
  const name = setting
    .replace(/[^0-9A-Za-z]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .toLowerCase();
  return name === '' || name.length > 127 ? undefined : name;
}

/** A reference to the vault that other settings of the file refer to. */
function referenceLike(text: string, secretName: string): string | undefined {
  const found = [...text.matchAll(/@Microsoft\.KeyVault\((?<reference>[^()"]{1,300})\)/giu)].map(
    ({ groups }) => groups?.['reference'] ?? '',
  );
  const vaults = new Set(
    found.map(reference => {
      const name = /VaultName=(?<name>[\w-]+)/iu.exec(reference)?.groups?.['name'];
      return name ?? /SecretUri=https:\/\/(?<name>[\w-]+)\.vault\./iu.exec(reference)?.groups?.['name'];
    }),
  );
  const [vault, other] = vaults;
  return vault === undefined || other !== undefined
    ? undefined
    : `@Microsoft.KeyVault(VaultName=${vault};SecretName=${secretName})`;
}

/** Edits after which the secret is gone from the file. */
function sound({ text }: SourceDocument, { span }: Finding, edits: readonly TextEdit[]): readonly TextEdit[] | Refusal {
  return applyEdits(text, edits).includes(text.slice(span.start, span.end))
    ? { refusal: 'The same secret stands elsewhere in this file as well. Remove the other copies first.' }
    : edits;
}
