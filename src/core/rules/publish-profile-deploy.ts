import {
  allowIdToken,
  federationFollowUps,
  indentOf,
  isFederatedLogin,
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
import type { Span, TextEdit } from '../text/text-edit.ts';
import type { IdentityRule, RuleHead } from './rule.ts';

const deployActions: ReadonlySet<string> = new Set(['azure/webapps-deploy', 'azure/functions-action']);

interface ProfileDeploy {
  readonly workflow: Workflow;
  readonly job: WorkflowJob;
  readonly step: WorkflowStep;
  readonly span: Span;
}

function profileDeploys(text: string): ProfileDeploy[] {
  const workflow = readWorkflow(text);
  return (workflow?.jobs ?? []).flatMap(job =>
    job.steps.flatMap(step => {
      const profile = deployActions.has(step.action) ? entryOf(step.inputs, 'publish-profile') : undefined;
      return workflow === undefined || profile === undefined ? [] : [{ workflow, job, step, span: keySpan(profile) }];
    }),
  );
}

function deployWithIdentity({ workflow, job, step }: ProfileDeploy): PipelineChange | Refusal {
  const { text } = workflow;
  const { inputs } = step;
  const profile = entryOf(inputs, 'publish-profile');
  if (inputs === undefined || profile === undefined) return { refusal: 'The text changed since this was found.' };
  if (inputText(step, 'app-name') === undefined) {
    return { refusal: 'Name the app in app-name first: without a publish profile the action cannot know it.' };
  }
  const lines = entryLines(text, inputs, profile);
  if (lines === undefined) return { refusal: 'Write each input of the step on a line of its own first.' };
  const before = job.steps.filter(({ dash }) => dash < step.dash);
  const secretLogin = before.find(({ action }) => action === 'azure/login');
  if (secretLogin !== undefined && !isFederatedLogin(secretLogin)) {
    return { refusal: 'The job signs in with a secret before. Change that login first, then run the fix again.' };
  }
  const comment = commentAfter(text, profile);
  const kept = comment === '' ? '' : `${indentOf(text, keySpan(profile).start)}${comment}${lineEnd(text)}`;
  const edits: TextEdit[] = [{ span: lines, newText: kept }];
  if (secretLogin === undefined) {
    const outer = indentOf(text, step.dash);
    const gap = indentOf(text, keySpan(profile).start).slice(outer.length);
    const inner = gap.slice(0, Math.max(2, Math.ceil(gap.length / 2)));
    const end = lineEnd(text);
    const login = [
      '- name: Sign in to Azure',
      `${inner}uses: azure/login@v2`,
      `${inner}with:`,
      ...loginInputs(workflow).map(line => `${gap}${line}`),
    ];
    const newText = login.map(line => `${line}${end}${outer}`).join('');
    const permission = allowIdToken(workflow, job, '  ');
    if ('refusal' in permission) return permission;
    const at = aboveComments(text, step.dash);
    edits.push(
      { span: { start: at, end: at }, newText: `${outer}${newText.slice(0, newText.length - outer.length)}` },
      ...permission,
    );
  }
  return {
    edits,
    followUps: [
      {
        kind: 'grantRole',
        message: 'Grant the identity of the workflow Website Contributor on the app.',
        copyable:
          'az role assignment create --role "Website Contributor" --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope <app-resource-id>',
      },
      ...federationFollowUps(job, secretNamed(inputText(step, 'publish-profile'))),
      {
        kind: 'turnKeysOff',
        message: 'Then turn basic publishing credentials off, for SCM and FTP.',
        copyable:
          'az resource update --ids <app-resource-id>/basicPublishingCredentialsPolicies/scm --set properties.allow=false',
      },
    ],
  };
}

/** The start of the line of a step, or of the comments that stand right above it. */
function aboveComments(text: string, dash: number): number {
  let start = text.lastIndexOf('\n', dash - 1) + 1;
  for (;;) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    if (before >= start || !/^[ \t]*#/u.test(text.slice(before, start))) return start;
    start = before;
  }
}

export const head = {
  id: 'publish-profile-deploy',
  severity: 'warning',
  languages: ['yaml'],
  keywords: ['publish-profile'],
  concerns: mayBeWorkflow,
} satisfies RuleHead;

export const publishProfileDeploy: IdentityRule = {
  ...head,
  title: 'Workflow deploys with a publish profile',
  message: 'The job {job} deploys with a publish profile.',
  leak: 'A publish profile is user name and password of the app’s deployment site: valid until it is reset, from anywhere, with no multi-factor authentication, and whoever has it runs code in the app.',
  remedy:
    'Sign in with azure/login and OpenID Connect before the deployment, leave the profile out, and turn basic publishing credentials off.',
  documentation: 'https://learn.microsoft.com/azure/app-service/deploy-github-actions',
  find: ({ text }) =>
    profileDeploys(text).map(({ span, job: { name } }) => ({ span, confidence: 'high', args: { job: name } })),
  fixes(document, { span }) {
    const found = profileDeploys(document.text).find(deploy => deploy.span.start === span.start);
    if (found === undefined) return Promise.resolve([]);
    return Promise.resolve([
      pipelineOffer(document, 'Deploy with the workflow’s own token', deployWithIdentity(found)),
    ]);
  },
  examples: {
    found: [
      {
        languageId: 'yaml',
        text: () =>
          'on: push\njobs:\n  deploy:\n    steps:\n      - uses: azure/webapps-deploy@v3\n        with:\n          app-name: web\n          «publish-profile»: ${{ secrets.PROFILE }}\n',
      },
      {
        languageId: 'yaml',
        text: () =>
          'on: push\njobs:\n  deploy:\n    steps:\n      - uses: Azure/functions-action@v1\n        with:\n          app-name: fn\n          package: .\n          «publish-profile»: ${{ secrets.PROFILE }}\n',
      },
    ],
    silent: [
      {
        languageId: 'yaml',
        text: () =>
          'on: push\njobs:\n  deploy:\n    steps:\n      - uses: azure/webapps-deploy@v3\n        with:\n          app-name: web\n',
        why: 'signed in before',
      },
      { languageId: 'yaml', text: () => 'publish-profile: x\n', why: 'no workflow' },
    ],
  },
  fixExamples: [
    {
      path: '.github/workflows/web.yml',
      before: () =>
        'on: push\njobs:\n  deploy:\n    environment: production\n    steps:\n      - uses: actions/checkout@v4\n\n      # to the slot\n      - name: Deploy\n        uses: azure/webapps-deploy@v3\n        with:\n          app-name: web\n          slot-name: staging\n          «publish-profile»: ${{ secrets.PROFILE }}\n',
      after:
        'on: push\njobs:\n  deploy:\n    environment: production\n    permissions:\n      id-token: write\n      contents: read\n    steps:\n      - uses: actions/checkout@v4\n\n      - name: Sign in to Azure\n        uses: azure/login@v2\n        with:\n          client-id: ${{ vars.AZURE_CLIENT_ID }}\n          tenant-id: ${{ vars.AZURE_TENANT_ID }}\n          subscription-id: ${{ vars.AZURE_SUBSCRIPTION_ID }}\n      # to the slot\n      - name: Deploy\n        uses: azure/webapps-deploy@v3\n        with:\n          app-name: web\n          slot-name: staging\n',
    },
    {
      path: '.github/workflows/signed-in.yml',
      before: () =>
        'on: push\njobs:\n  deploy:\n    steps:\n    - uses: azure/login@v2\n      with:\n        client-id: ${{ vars.AZURE_CLIENT_ID }}\n        tenant-id: ${{ vars.AZURE_TENANT_ID }}\n        subscription-id: ${{ vars.AZURE_SUBSCRIPTION_ID }}\n    - uses: azure/functions-action@v1\n      with:\n        app-name: fn\n        «publish-profile»: ${{ secrets.PROFILE }} # from the portal\n        package: .\n',
      after:
        'on: push\njobs:\n  deploy:\n    steps:\n    - uses: azure/login@v2\n      with:\n        client-id: ${{ vars.AZURE_CLIENT_ID }}\n        tenant-id: ${{ vars.AZURE_TENANT_ID }}\n        subscription-id: ${{ vars.AZURE_SUBSCRIPTION_ID }}\n    - uses: azure/functions-action@v1\n      with:\n        app-name: fn\n        # from the portal\n        package: .\n',
    },
    {
      path: '.github/workflows/no-name.yml',
      before: () =>
        'on: push\njobs:\n  deploy:\n    steps:\n      - uses: azure/webapps-deploy@v3\n        with:\n          «publish-profile»: ${{ secrets.PROFILE }}\n',
      after: { refusal: /app-name/u },
    },
  ],
};
