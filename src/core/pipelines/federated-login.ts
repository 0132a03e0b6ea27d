import { isMap, isScalar, type ParsedNode, type YAMLMap } from 'yaml';
import type { FollowUp, Refusal } from '../rewrite/fix.ts';
import type { TextEdit } from '../text/text-edit.ts';
import {
  entryOf,
  inputText,
  keySpan,
  valueOf,
  type Workflow,
  type WorkflowJob,
  type WorkflowStep,
} from './github-workflow.ts';

/** The three ids that name whom a workflow signs in as; none is a secret. */
const ids = ['client-id', 'tenant-id', 'subscription-id'] as const;

/** Lines of the inputs of `azure/login` that sign in with the workflow's own token, less those that are there. */
export function loginInputs({ text }: Workflow, step?: WorkflowStep): string[] {
  const store = /\bsecrets\.AZURE_(?:CLIENT|TENANT|SUBSCRIPTION)_ID\b/u.test(text) ? 'secrets' : 'vars';
  return ids
    .filter(id => step === undefined || inputText(step, id) === undefined)
    .map(id => `${id}: \${{ ${store}.AZURE_${id.replace('-', '_').toUpperCase()} }}`);
}

/** Whether a step signs in with the workflow's own token. */
export function isFederatedLogin(step: WorkflowStep): boolean {
  return step.action === 'azure/login' && ids.slice(0, 2).every(id => inputText(step, id) !== undefined);
}

/** Lets a job ask for its identity token, and take nothing else away from it. */
export function allowIdToken({ text, root }: Workflow, job: WorkflowJob, step: string): readonly TextEdit[] | Refusal {
  const own = entryOf(job.map, 'permissions');
  const general = entryOf(root, 'permissions');
  const given = own ?? general;
  if (given !== undefined) {
    const { value } = given;
    if (isScalar(value) && value.value === 'write-all') return [];
    if (!isMap(value) || value.flow === true) {
      return { refusal: 'Write the permissions as one line each first: id-token: write has to be among them.' };
    }
    const map = value as YAMLMap<ParsedNode, ParsedNode | null>;
    const token = entryOf(map, 'id-token');
    if (token?.value) {
      if (isScalar(token.value) && token.value.value === 'write') return [];
      return [{ span: { start: token.value.range[0], end: token.value.range[1] }, newText: 'write' }];
    }
    const first = map.items[0]?.key.range[0];
    if (first === undefined) return { refusal: 'Write the permissions as one line each first.' };
    return [{ span: { start: first, end: first }, newText: `id-token: write${lineEnd(text)}${indentOf(text, first)}` }];
  }
  // Naming permissions takes all others away.
  if (
    /GITHUB_TOKEN|github\.token|ghcr\.io|GH_TOKEN|gh-release|create-pull-request/u.test(
      text.slice(job.span.start, job.span.end),
    )
  ) {
    return {
      refusal:
        'The job uses its GitHub token with the default permissions. Name those that it needs under permissions: first, then run the fix again.',
    };
  }
  const indent = indentOf(text, job.start);
  const lines = ['permissions:', `${step}id-token: write`, `${step}contents: read`];
  const before = valueOf(job.map, 'steps') ? entryOf(job.map, 'steps') : undefined;
  const at = before ? keySpan(before).start : job.start;
  return [{ span: { start: at, end: at }, newText: lines.map(line => `${line}${lineEnd(text)}${indent}`).join('') }];
}

/** What has to be set up once outside of the workflow. */
export function federationFollowUps(job: WorkflowJob, secret: string | undefined): FollowUp[] {
  const environment = valueOf(job.map, 'environment');
  const name = isScalar(environment) ? String(environment.value) : isMap(environment) ? '<environment>' : undefined;
  const subject = `repo:<owner>/<repository>:${name === undefined ? 'ref:refs/heads/<branch>' : `environment:${name}`}`;
  return [
    {
      kind: 'grantRole',
      message:
        'Let the app registration or managed identity trust this workflow: add a federated credential with the workflow’s subject.',
      copyable: `az ad app federated-credential create --id <client-id> --parameters '{"name":"github","issuer":"https://token.actions.githubusercontent.com","subject":"${subject}","audiences":["api://AzureADTokenExchange"]}'`,
    },
    {
      kind: 'setEndpoint',
      message:
        'Set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_SUBSCRIPTION_ID for the repository: they are ids, no secrets.',
      copyable: 'gh variable set AZURE_CLIENT_ID',
    },
    {
      kind: 'rotateSecret',
      message: `Once the workflow runs, delete the secret${secret === undefined ? '' : ` ${secret}`} from GitHub and the client secret or publish profile that it holds.`,
    },
  ];
}

/** `AZURE_CREDENTIALS` in `${{ secrets.AZURE_CREDENTIALS }}`. */
export function secretNamed(value: string | undefined): string | undefined {
  return /\bsecrets\.(?<name>\w+)/u.exec(value ?? '')?.groups?.['name'];
}

export function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** White space in front of a place that the next line of the same block begins with. */
export function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return line.replace(/[^\t]/gu, ' ');
}
