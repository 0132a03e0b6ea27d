import {
  allowIdToken,
  federationFollowUps,
  indentOf,
  lineEnd,
  loginInputs,
  secretNamed,
} from '../pipelines/federated-login.ts';
import {
  commentAfter,
  entryLines,
  entryOf,
  inputText,
  keySpan,
  readWorkflow,
  type Workflow,
  type WorkflowJob,
  type WorkflowStep,
} from '../pipelines/github-workflow.ts';
import { pipelineOffer, type PipelineChange } from '../pipelines/offer.ts';
import { mayBeWorkflow } from '../pipelines/workflow-text.ts';
import type { Refusal } from '../rewrite/fix.ts';
import type { Span } from '../text/text-edit.ts';
import type { IdentityRule, RuleHead } from './rule.ts';

interface SecretLogin {
  readonly workflow: Workflow;
  readonly job: WorkflowJob;
  readonly step: WorkflowStep;
  readonly span: Span;
}

function secretLogins(text: string): SecretLogin[] {
  const workflow = readWorkflow(text);
  return (workflow?.jobs ?? []).flatMap(job =>
    job.steps.flatMap(step => {
      const creds = step.action === 'azure/login' ? entryOf(step.inputs, 'creds') : undefined;
      return workflow === undefined || creds === undefined ? [] : [{ workflow, job, step, span: keySpan(creds) }];
    }),
  );
}

function federate({ workflow, job, step }: SecretLogin): PipelineChange | Refusal {
  const { text } = workflow;
  const { inputs } = step;
  const creds = entryOf(inputs, 'creds');
  if (inputs === undefined || creds === undefined) return { refusal: 'The text changed since this was found.' };
  if (/^v?1\.[0-3](?:\.|$)/u.test(step.version)) {
    return {
      refusal: `azure/login@${step.version} knows no federated login. Update it to v2, then run the fix again.`,
    };
  }
  const lines = entryLines(text, inputs, creds);
  if (lines === undefined) return { refusal: 'Write each input of the login on a line of its own first.' };
  const permission = allowIdToken(workflow, job, stepOf(text, job));
  if ('refusal' in permission) return permission;
  const indent = indentOf(text, keySpan(creds).start);
  const comment = commentAfter(text, creds);
  const newText = loginInputs(workflow, step)
    .map((line, i) => `${indent}${line}${i === 0 && comment !== '' ? ` ${comment}` : ''}${lineEnd(text)}`)
    .join('');
  return {
    edits: [{ span: lines, newText }, ...permission],
    followUps: federationFollowUps(job, secretNamed(inputText(step, 'creds'))),
  };
}

/** How far a job's keys stand from its name: one step of the file's indentation. */
function stepOf(text: string, { start }: WorkflowJob): string {
  return ' '.repeat(Math.max(2, Math.floor(indentOf(text, start).length / 2)));
}

export const head = {
  id: 'workflow-secret-login',
  severity: 'warning',
  languages: ['yaml'],
  keywords: ['azure/login'],
  concerns: mayBeWorkflow,
} satisfies RuleHead;

export const workflowSecretLogin: IdentityRule = {
  ...head,
  title: 'Workflow signs in to Azure with a secret',
  message: 'The job {job} signs in to Azure with a client secret.',
  leak: 'The secret is valid for months from anywhere: whoever reads it, by a changed workflow or a compromised action, signs in as this app without leaving a trace of the workflow.',
  remedy:
    'Sign in with the workflow’s own token (OpenID Connect): give azure/login client-id, tenant-id and subscription-id, allow id-token: write, and add a federated credential for the repository.',
  documentation: 'https://learn.microsoft.com/azure/developer/github/connect-from-azure-openid-connect',
  find: ({ text }) =>
    secretLogins(text).map(({ span, job: { name } }) => ({ span, confidence: 'high', args: { job: name } })),
  fixes(document, { span }) {
    const found = secretLogins(document.text).find(login => login.span.start === span.start);
    if (found === undefined) return Promise.resolve([]);
    return Promise.resolve([pipelineOffer(document, 'Sign in with the workflow’s own token', federate(found))]);
  },
  examples: {
    found: [
      {
        languageId: 'yaml',
        text: () =>
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: azure/login@v2\n        with:\n          «creds»: ${{ secrets.AZURE_CREDENTIALS }}\n',
      },
      {
        languageId: 'yaml',
        text: () =>
          "on: [push]\njobs:\n  infra:\n    steps:\n      - name: Log in\n        uses: Azure/login@v1\n        with: { «creds»: '${{ secrets.AZURE }}', enable-AzPSSession: true }\n",
      },
    ],
    silent: [
      {
        languageId: 'yaml',
        text: () =>
          'on: push\njobs:\n  deploy:\n    steps:\n      - uses: azure/login@v2\n        with:\n          client-id: ${{ vars.AZURE_CLIENT_ID }}\n          tenant-id: ${{ vars.AZURE_TENANT_ID }}\n          subscription-id: ${{ vars.AZURE_SUBSCRIPTION_ID }}\n',
        why: 'OpenID Connect',
      },
      { languageId: 'yaml', text: () => 'uses: azure/login@v2\nwith:\n  creds: x\n', why: 'no workflow' },
      {
        languageId: 'yaml',
        text: () =>
          'jobs:\n  a:\n    steps:\n      - run: echo azure/login creds\n      - uses: other/login@v1\n        with:\n          creds: x\n',
        why: 'another action',
      },
    ],
  },
  fixExamples: [
    {
      path: '.github/workflows/deploy.yml',
      before: () =>
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest # small\n    steps:\n      - uses: actions/checkout@v4\n      - uses: azure/login@v2\n        with:\n          «creds»: ${{ secrets.AZURE_CREDENTIALS }} # rotated yearly\n          enable-AzPSSession: true\n      - run: az group list\n',
      after:
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest # small\n    permissions:\n      id-token: write\n      contents: read\n    steps:\n      - uses: actions/checkout@v4\n      - uses: azure/login@v2\n        with:\n          client-id: ${{ vars.AZURE_CLIENT_ID }} # rotated yearly\n          tenant-id: ${{ vars.AZURE_TENANT_ID }}\n          subscription-id: ${{ vars.AZURE_SUBSCRIPTION_ID }}\n          enable-AzPSSession: true\n      - run: az group list\n',
    },
    {
      path: '.github/workflows/infra.yml',
      before: () =>
        'on: push\npermissions:\n  contents: read\nenv:\n  SUBSCRIPTION: ${{ secrets.AZURE_SUBSCRIPTION_ID }}\njobs:\n    infra:\n        steps:\n            - name: Log in\n              uses: azure/login@v1\n              with:\n                  tenant-id: ${{ secrets.AZURE_TENANT_ID }}\n                  «creds»: >-\n                      ${{ secrets.AZURE_CREDENTIALS }}\n            - run: make\n',
      after:
        'on: push\npermissions:\n  id-token: write\n  contents: read\nenv:\n  SUBSCRIPTION: ${{ secrets.AZURE_SUBSCRIPTION_ID }}\njobs:\n    infra:\n        steps:\n            - name: Log in\n              uses: azure/login@v1\n              with:\n                  tenant-id: ${{ secrets.AZURE_TENANT_ID }}\n                  client-id: ${{ secrets.AZURE_CLIENT_ID }}\n                  subscription-id: ${{ secrets.AZURE_SUBSCRIPTION_ID }}\n            - run: make\n',
    },
    {
      path: '.github/workflows/release.yml',
      before: () =>
        'on: push\njobs:\n  release:\n    permissions:\n      id-token: none\n      contents: write\n    steps:\n      - uses: azure/login@v2\n        with:\n          «creds»: ${{ secrets.AZURE_CREDENTIALS }}\n',
      after:
        'on: push\njobs:\n  release:\n    permissions:\n      id-token: write\n      contents: write\n    steps:\n      - uses: azure/login@v2\n        with:\n          client-id: ${{ vars.AZURE_CLIENT_ID }}\n          tenant-id: ${{ vars.AZURE_TENANT_ID }}\n          subscription-id: ${{ vars.AZURE_SUBSCRIPTION_ID }}\n',
    },
    {
      path: '.github/workflows/token.yml',
      before: () =>
        'on: push\njobs:\n  release:\n    steps:\n      - uses: azure/login@v2\n        with:\n          «creds»: ${{ secrets.AZURE_CREDENTIALS }}\n      - run: gh release create\n        env:\n          GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n',
      after: { refusal: /default permissions/u },
    },
    {
      path: '.github/workflows/flow.yml',
      before: () =>
        "on: push\njobs:\n  a:\n    steps:\n      - uses: azure/login@v2\n        with: { «creds»: '${{ secrets.AZURE_CREDENTIALS }}' }\n",
      after: { refusal: /line of its own/u },
    },
    {
      path: '.github/workflows/old.yml',
      before: () =>
        'on: push\njobs:\n  a:\n    steps:\n      - uses: azure/login@v1.1\n        with:\n          «creds»: ${{ secrets.AZURE_CREDENTIALS }}\n',
      after: { refusal: /Update it/u },
    },
  ],
};
