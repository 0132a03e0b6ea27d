import type { SourceDocument } from '../engine/finding.ts';
import { guidance, type FollowUp } from '../rewrite/fix.ts';
import type { IdentityRule, RuleAtHand, RuleMatch } from './rule.ts';

/** One command, over lines that end in a continuation mark. */
const signIn =
  /(?<![\w-])(?<command>az[ \t]+login(?=[ \t\\`])|docker[ \t]+login(?=[ \t\\`]))(?<rest>(?:[\\`]\r?\n|[^\r\n|;&]){0,1000})/gu;
const servicePrincipal = /(?:^|\s)--service-principal(?=\s|$)/u;
/** A value that is written here is an embedded secret, which is reported where it stands. */
const secretOption = /(?:^|\s)(?:-p|--password|--client-secret)[\s=]+["']?[$%{]/u;

/** Where a script signs in to Azure, or to an Azure container registry, with a secret. */
function signIns({ text }: SourceDocument): RuleMatch[] {
  const matches: RuleMatch[] = [];
  for (const match of text.matchAll(signIn)) {
    const { command = '', rest = '' } = match.groups ?? {};
    const line = text.slice(text.lastIndexOf('\n', match.index - 1) + 1, match.index);
    if (/^\s*(?:#|\/\/|rem\s)/iu.test(line)) continue;
    const docker = command.startsWith('docker');
    if (docker ? !/\.azurecr\.(?:io|us|cn)\b/u.test(rest) : !servicePrincipal.test(rest)) continue;
    if (!(docker ? secretOption.test(rest) || rest.includes('--password-stdin') : secretOption.test(rest))) continue;
    // A certificate, or a token of the registry that `az acr login --expose-token` gives.
    if (docker && /00000000-0000-0000-0000-000000000000/u.test(rest)) continue;
    const span = { start: match.index, end: match.index + command.length };
    matches.push({ span, confidence: 'high', args: { what: docker ? 'the container registry' : 'Azure' } });
  }
  return matches;
}

const rotate: FollowUp = {
  kind: 'rotateSecret',
  message: 'Delete the secret from the pipeline and from the app registration once nothing signs in with it.',
};

function stepsFor({ uri, text }: SourceDocument): { steps: string[]; snippet: string } {
  const pipelines = /azure-pipelines|(?:^|\n)(?:stages|pool|trigger):|task:\s*AzureCLI/u.test(`${uri}\n${text}`);
  if (pipelines) {
    return {
      steps: [
        'In Project settings → Service connections, make a connection of the kind *Azure Resource Manager*, *Workload identity federation*, or convert the one that is there.',
        'Run the commands in an `AzureCLI@2` task with this connection: it is signed in already, so `az login` goes.',
        'For a registry, call `az acr login --name <registry>` in the same task in place of `docker login`.',
        'What must have a secret all the same takes it from a variable group that is linked to Key Vault.',
      ],
      snippet:
        '- task: AzureCLI@2\n  inputs:\n    azureSubscription: <service connection>\n    scriptType: bash\n    scriptLocation: inlineScript\n    inlineScript: |\n      az account show\n      az acr login --name <registry>\n',
    };
  }
  return {
    steps: [
      'In GitHub Actions, sign in with `azure/login` and OpenID Connect before this step: the commands after it are signed in, so `az login` goes.',
      'On a machine in Azure, give it a managed identity and call `az login --identity`.',
      'For a registry, call `az acr login --name <registry>` in place of `docker login`.',
    ],
    snippet:
      'permissions:\n  id-token: write\n  contents: read\nsteps:\n  - uses: azure/login@v2\n    with:\n      client-id: ${{ vars.AZURE_CLIENT_ID }}\n      tenant-id: ${{ vars.AZURE_TENANT_ID }}\n      subscription-id: ${{ vars.AZURE_SUBSCRIPTION_ID }}\n  - run: az acr login --name <registry>\n',
  };
}

export const head = {
  id: 'secret-sign-in-script',
  severity: 'warning',
  languages: ['yaml', 'shellscript', 'powershell', 'bat', 'makefile', 'groovy', 'dockerfile'],
  keywords: ['az login', 'docker login'],
  find: signIns,
} satisfies RuleAtHand;

export const secretSignInScript: IdentityRule = {
  ...head,
  title: 'Script signs in to Azure with a secret',
  message: 'This command signs in to {what} with a secret.',
  leak: 'The secret stands in the settings of the pipeline and in the process list, is valid for months from anywhere, and has all rights of the app.',
  remedy:
    'Let the pipeline sign in with its own token (workload identity federation) and a machine in Azure with its managed identity; a registry takes az acr login.',
  documentation: 'https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure',
  fixes(document) {
    const { steps, snippet } = stepsFor(document);
    return Promise.resolve([
      guidance({
        refusal: 'Where the script gets its token from is set up outside of this file.',
        guide: {
          title: 'Sign in without a secret',
          steps,
          snippet: { languageId: 'yaml', text: snippet },
          documentation: this.documentation,
          followUps: [rotate],
        },
      }),
    ]);
  },
  examples: {
    found: [
      {
        languageId: 'yaml',
        text: () =>
          'steps:\n  - script: «az login» --service-principal -u $(clientId) -p $(clientSecret) --tenant $(tenantId)\n',
      },
      {
        languageId: 'shellscript',
        text: () =>
          '«az login» --service-principal \\\n  --username "$ID" \\\n  --password "$SECRET" --tenant "$TENANT"\n',
      },
      {
        languageId: 'yaml',
        text: () => '- run: echo "$PASSWORD" | «docker login» contoso.azurecr.io -u contoso --password-stdin\n',
      },
      { languageId: 'powershell', text: () => '«docker login» contoso.azurecr.io -u $user -p $env:ACR_PASSWORD\n' },
    ],
    silent: [
      {
        languageId: 'shellscript',
        text: () => 'az login --identity\naz login --use-device-code\n',
        why: 'identity, person',
      },
      {
        languageId: 'yaml',
        text: () => '- run: az login --service-principal -u $ID --tenant $TENANT --federated-token "$TOKEN"\n',
        why: 'federated token',
      },
      {
        languageId: 'shellscript',
        text: () => 'docker login ghcr.io -u me --password-stdin\n',
        why: 'another registry',
      },
      {
        languageId: 'shellscript',
        text: () =>
          'docker login contoso.azurecr.io -u 00000000-0000-0000-0000-000000000000 --password-stdin <<< "$TOKEN"\n',
        why: 'token of the registry',
      },
      {
        languageId: 'shellscript',
        text: s => `az login --service-principal -u a -p '${s.entraClientSecret()}' --tenant t\n`,
        why: 'the secret itself is reported',
      },
      { languageId: 'shellscript', text: () => '# az login --service-principal -u a -p b\n', why: 'comment' },
    ],
  },
  fixExamples: [
    {
      path: 'azure-pipelines.yml',
      before: () =>
        'trigger: [main]\nsteps:\n  - bash: «az login» --service-principal -u $ID -p $SECRET --tenant $TENANT\n',
      after: { refusal: /outside of this file/u },
    },
  ],
};
