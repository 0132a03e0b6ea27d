import type { Problem, ProblemKind } from '../../core/rbac/identity-model.ts';
import {
  markdownCode,
  markdownText,
  type NodeCommand,
  type NodeIcon,
  type NodeSubject,
  type TreeNode,
} from './tree-node.ts';
import type { CommandId, ConnectionKind } from './names.ts';

interface Face {
  readonly label: string;
  readonly icon: NodeIcon;
  readonly remedies: readonly Remedy[];
}

/** Something that a click can do about a problem. */
type Remedy = 'signIn' | 'anotherAccount' | 'anotherTenant' | 'retry' | 'unlink' | 'endpoint' | 'demo';

const warning = 'list.warningForeground';
const error = 'list.errorForeground';

const faces: Readonly<Record<ProblemKind, Face>> = {
  notSignedIn: { label: 'Not signed in to Azure', icon: { id: 'account' }, remedies: ['signIn', 'retry', 'demo'] },
  claimsChallenge: {
    label: 'Azure asks you to sign in again',
    icon: { id: 'lock', color: warning },
    remedies: ['signIn'],
  },
  forbidden: {
    label: 'No permission to read this',
    icon: { id: 'lock', color: error },
    remedies: ['retry', 'anotherAccount', 'anotherTenant'],
  },
  notFound: {
    label: 'Not found in Azure',
    icon: { id: 'question', color: error },
    remedies: ['unlink', 'anotherAccount', 'anotherTenant', 'retry'],
  },
  throttled: { label: 'Azure asks to wait', icon: { id: 'watch', color: warning }, remedies: ['retry'] },
  unavailable: { label: 'Azure could not answer', icon: { id: 'cloud', color: warning }, remedies: ['retry'] },
  network: {
    label: 'Azure could not be reached',
    icon: { id: 'debug-disconnect', color: error },
    remedies: ['retry', 'endpoint'],
  },
  malformed: {
    label: 'Azure sent an answer that could not be read',
    icon: { id: 'warning', color: warning },
    remedies: ['retry'],
  },
  cancelled: { label: 'Reading was stopped', icon: { id: 'circle-slash' }, remedies: ['retry'] },
};

/** Azure as such may be signed in to. */
const otherTenant: Face = { ...faces.notSignedIn, label: 'Not signed in to a tenant' };

/** Where a problem is shown: what its remedies act on. */
export interface ProblemPlace {
  /** Id of the row above. */
  readonly parent: string;
  readonly connection: ConnectionKind;
  /** The link that the problem is about, when there is one to remove. */
  readonly link?: NodeSubject;
}

/** What a remedy is called and what it runs; `undefined` where it makes no sense at this place. */
function remedy(name: Remedy, place: ProblemPlace): { label: string; icon: string; command: CommandId } | undefined {
  switch (name) {
    case 'retry':
      return { label: 'Try again', icon: 'refresh', command: 'keyless.identities.refresh' };
    case 'unlink':
      return place.link && { label: 'Unlink this app', icon: 'close', command: 'keyless.identities.unlinkApp' };
    case 'endpoint':
      return {
        label: 'Check the Azure endpoint setting',
        icon: 'gear',
        command: 'keyless.identities.openEndpointSetting',
      };
    case 'demo':
      return { label: 'Explore the demo tenant instead', icon: 'beaker', command: 'keyless.identities.useDemoTenant' };
    case 'signIn':
    case 'anotherAccount':
    case 'anotherTenant':
      if (place.connection === 'vscode') return accountRemedies[name];
      return place.connection === 'defaultAzureCredential' ? otherSignIn : undefined;
    default:
      return name satisfies never;
  }
}

const accountRemedies = {
  signIn: { label: 'Sign in…', icon: 'sign-in', command: 'keyless.identities.signIn' },
  anotherAccount: { label: 'Use another account…', icon: 'account', command: 'keyless.identities.useAnotherAccount' },
  anotherTenant: {
    label: 'Sign in to another tenant…',
    icon: 'organization',
    command: 'keyless.identities.chooseTenant',
  },
} as const satisfies Readonly<Record<string, { label: string; icon: string; command: CommandId }>>;

const otherSignIn: { label: string; icon: string; command: CommandId } = {
  label: 'Change how Keyless signs in…',
  icon: 'gear',
  command: 'keyless.identities.openSignInSetting',
};

/** Row of a problem: what happened, and below it what to do, each with a click that does it. */
export function describeProblem(problem: Problem, place: ProblemPlace): TreeNode {
  const face = problem.tenantId === undefined ? faces[problem.kind] : otherTenant;
  const id = `${place.parent}/problem/${problem.kind}/${problem.scope.toLowerCase()}`;
  const remedies = face.remedies.flatMap(name => remedy(name, place) ?? []);
  const unique = remedies.filter((one, i) => remedies.findIndex(other => other.command === one.command) === i);
  const { tenantId } = problem;
  const subject = place.link ?? (tenantId === undefined ? undefined : { tenantId });
  const target = subject ? [{ subject }] : [];
  return {
    id,
    label: face.label,
    description: problem.message,
    tooltipMarkdown: [
      `**${markdownText(face.label)}**`,
      markdownText(problem.message),
      ...(problem.scope ? [markdownCode(problem.scope)] : []),
    ].join('\n\n'),
    icon: face.icon,
    contextValue: 'problem',
    collapsible: unique.length > 0 ? 'expanded' : 'none',
    children: unique.map(({ label, icon, command }) =>
      actionRow(`${id}/${command}`, label, icon, { id: command, title: label, arguments: target }),
    ),
    accessibilityLabel: `Problem: ${face.label}. ${problem.message}`,
  };
}

/** Row that does something when it is clicked. */
export function actionRow(id: string, label: string, icon: string, command: NodeCommand): TreeNode {
  return {
    id,
    label,
    tooltipMarkdown: markdownText(label),
    icon: { id: icon },
    contextValue: 'action',
    collapsible: 'none',
    children: [],
    accessibilityLabel: `${label}, button`,
    command,
  };
}
