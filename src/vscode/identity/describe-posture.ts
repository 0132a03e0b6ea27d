import type { AppDetails, AppModel, AppSetting, KeyVaultReference } from '../../core/rbac/identity-model.ts';
import { type CheckResult, postureOf, type Severity } from '../../core/rbac/posture.ts';
import { commandMarkdown } from './az-command.ts';
import { describeProblem } from './describe-problem.ts';
import type { Detail } from './detail-store.ts';
import type { ConnectionKind } from './names.ts';
import { age, count, documentationLink, markdownText, remarkRow, type TreeNode } from './tree-node.ts';

interface Place {
  readonly parent: string;
  readonly connection: ConnectionKind;
  readonly now: number;
}

/** Rows "Settings" and "Posture" of an app or slot; what they hold is read when one of them is opened. */
export function describeAppDetails(app: AppModel, detail: Detail<AppDetails> | undefined, place: Place): TreeNode[] {
  return [settingsRow(app, detail, place), postureRow(app, detail, place)];
}

function settingsRow(app: AppModel, detail: Detail<AppDetails> | undefined, place: Place): TreeNode {
  const id = `${place.parent}/settings`;
  const settings = detail?.value?.settings;
  const references = detail?.value?.keyVaultReferences ?? [];
  const secrets = settings?.filter(({ kind }) => kind === 'secret').length ?? 0;
  const broken = references.filter(isBroken).length;
  const description = [
    ...(secrets > 0 ? [count(secrets, 'secret')] : []),
    ...(broken > 0 ? [count(broken, 'broken reference')] : []),
    ...ageRemark(detail, place),
  ].join(' · ');
  const rows = settings
    ?.toSorted((a, b) => order(a, references) - order(b, references) || (a.name < b.name ? -1 : 1))
    .map(setting => settingRow(setting, references, app, id));
  return {
    id,
    label: 'Settings',
    ...(description === '' ? {} : { description }),
    tooltipMarkdown: markdownText(
      'Names and kinds of app settings and connection strings. Values are looked at on this computer and dropped.',
    ),
    icon: secrets + broken > 0 ? { id: 'warning', color: 'list.warningForeground' } : { id: 'settings' },
    contextValue: 'settings',
    collapsible: 'collapsed',
    children: [...problemRows(detail, place, id), ...(rows ?? unreadRows(detail, id, 'settings'))],
    accessibilityLabel: `Settings${description === '' ? '' : `, ${description}`}`,
    lazy: { kind: 'app', appId: app.id },
  };
}

/** How old it is, where it was not read just now. */
function ageRemark(detail: Detail<AppDetails> | undefined, { now }: Place): string[] {
  const readAt = detail?.readAt ?? now;
  return now - readAt > 90_000 ? [`as of ${age(readAt, now)}`] : [];
}

function isBroken({ status }: KeyVaultReference): boolean {
  return !/^(?:Resolved|Initialized)$/i.test(status);
}

/** Secrets and broken references first, then what connects by identity. */
function order(setting: AppSetting, references: readonly KeyVaultReference[]): number {
  if (setting.kind === 'secret') return 0;
  if (setting.kind === 'keyVaultReference')
    return references.some(each => each.setting === setting.name && isBroken(each)) ? 1 : 2;
  return setting.kind === 'other' ? 4 : 3;
}

function settingRow(
  setting: AppSetting,
  references: readonly KeyVaultReference[],
  app: AppModel,
  parent: string,
): TreeNode {
  const reference = references.find(each => each.setting === setting.name && each.source === setting.source);
  const look = settingLook(setting, reference, app);
  const sticky = setting.sticky === true ? ' · stays with the slot' : '';
  return {
    id: `${parent}/${setting.source}/${setting.name}`,
    label: setting.name,
    description: look.words + sticky,
    tooltipMarkdown: [
      `**${markdownText(setting.name)}** ${setting.source === 'appSetting' ? 'app setting' : 'connection string'}`,
      ...(look.why === undefined ? [] : [markdownText(look.why)]),
      look.warn ? `**What to do:** ${markdownText(look.more)}` : markdownText(look.more),
      ...(setting.sticky === true ? ['It stays with its slot when slots are swapped\\.'] : []),
      ...(look.documentation === undefined ? [] : [documentationLink('Documentation', look.documentation)]),
    ].join('\n\n'),
    icon: look.warn ? { id: look.icon, color: 'list.warningForeground' } : { id: look.icon },
    contextValue: 'setting',
    collapsible: 'none',
    children: [],
    accessibilityLabel: `${setting.name}, ${look.words}${sticky}`,
  };
}

interface Look {
  readonly words: string;
  /** Why it matters. */
  readonly why?: string;
  /** What to do, or that there is nothing to do. */
  readonly more: string;
  readonly documentation?: string;
  readonly icon: string;
  readonly warn: boolean;
}

function settingLook(setting: AppSetting, reference: KeyVaultReference | undefined, app: AppModel): Look {
  switch (setting.kind) {
    case 'secret':
      return {
        words: `looks like ${setting.secret ?? 'a secret'}`,
        why: 'Whoever may read the settings of the app has it: with the role Contributor or Website Contributor, or by running code in the app.',
        more: 'Connect by identity instead, or move the value to Key Vault and put a reference here.',
        documentation: 'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references',
        icon: 'warning',
        warn: true,
      };
    case 'keyVaultReference':
      return referenceLook(reference, app);
    case 'identityConnection':
      return {
        words: 'connects by identity',
        more: 'No secret: the identity of the app is used.',
        icon: 'pass',
        warn: false,
      };
    case 'clientId': {
      const name = app.identities.find(({ clientId }) => clientId?.toLowerCase() === setting.clientId);
      const whose = name?.resourceId?.split('/').at(-1);
      return {
        words: whose === undefined ? 'client id' : `client id of ${whose}`,
        more: 'Chooses the identity that code signs in with. An id is no secret.',
        icon: 'account',
        warn: false,
      };
    }
    case 'other':
      return { words: '', more: 'Nothing about it looks like a secret.', icon: 'symbol-constant', warn: false };
  }
}

function referenceLook(reference: KeyVaultReference | undefined, app: AppModel): Look {
  if (!reference) {
    return {
      words: 'Key Vault reference',
      more: 'Azure does not tell whether it is resolved.',
      icon: 'key',
      warn: false,
    };
  }
  const { status, vault = 'the vault', secretName } = reference;
  const secret = secretName === undefined ? '' : `/${secretName}`;
  if (!isBroken(reference))
    return {
      words: `Key Vault · ${vault}${secret}`,
      more: 'Resolved by the identity of the app.',
      icon: 'key',
      warn: false,
    };
  const reader = app.site?.keyVaultReferenceIdentity;
  const who =
    reader === undefined || /^systemassigned$/i.test(reader)
      ? 'the system-assigned identity'
      : (reader.split('/').at(-1) ?? reader);
  return {
    words: `${status} · ${vault}${secret}`,
    why: 'The app gets the text of the reference in place of the secret.',
    more: cure(status, vault, who),
    documentation: 'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references',
    icon: 'error',
    warn: true,
  };
}

/** What cures a reference that App Service could not resolve. */
function cure(status: string, vault: string, who: string): string {
  switch (status) {
    case 'AccessToKeyVaultDenied':
      return `${who} may not read secrets of ${vault}. Give it the role Key Vault Secrets User there, or an access policy with "get" where the vault goes by policies.`;
    case 'MSINotEnabled':
      return 'The app has no identity to read with. Turn its managed identity on.';
    case 'VaultNotFound':
      return `There is no key vault named ${vault}: check the name in the reference.`;
    case 'SecretNotFound':
    case 'SecretVersionNotFound':
      return `${vault} has no such secret or version: check the reference.`;
    case 'InvalidSyntax':
      return 'The reference is not written as App Service expects it: @Microsoft.KeyVault(SecretUri=…).';
    default:
      return 'App Service could not resolve the reference; the portal shows its reason.';
  }
}

const icons: Readonly<Record<CheckResult['outcome'], string>> = { pass: 'pass', fail: 'error', unknown: 'question' };
const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  high: 'grave',
  medium: 'medium',
  low: 'advice',
};

function postureRow(app: AppModel, detail: Detail<AppDetails> | undefined, place: Place): TreeNode {
  const id = `${place.parent}/posture`;
  const results = postureOf(app, detail?.value);
  const failed = results.filter(({ outcome }) => outcome === 'fail');
  const grave = failed.filter(({ check }) => check.severity === 'critical' || check.severity === 'high').length;
  const read = detail?.value !== undefined;
  const description = read
    ? [count(failed.length, 'failed check'), ...ageRemark(detail, place)].join(' · ')
    : undefined;
  return {
    id,
    label: 'Posture',
    ...(description === undefined ? {} : { description }),
    tooltipMarkdown: markdownText(
      'How well the app itself is guarded. What Azure does not tell is unknown, not failed.',
    ),
    icon: grave > 0 ? { id: 'warning', color: 'list.warningForeground' } : { id: 'checklist' },
    contextValue: 'posture',
    collapsible: 'collapsed',
    children: [
      ...(read ? [] : unreadRows(detail, id, 'checks')),
      ...failed.map(result => checkRow(result, app, id)),
      ...(read ? (['pass', 'unknown'] as const).flatMap(outcome => otherChecks(outcome, results, app, id)) : []),
    ],
    accessibilityLabel: `Posture${description === undefined ? '' : `, ${description}`}`,
    lazy: { kind: 'app', appId: app.id },
  };
}

/** Checks that nobody needs to act on, folded away. */
function otherChecks(
  outcome: 'pass' | 'unknown',
  results: readonly CheckResult[],
  app: AppModel,
  parent: string,
): TreeNode[] {
  const those = results.filter(result => result.outcome === outcome);
  if (those.length === 0) return [];
  const label = outcome === 'pass' ? `${count(those.length, 'check')} passed` : `${those.length} unknown`;
  const id = `${parent}/${outcome}`;
  return [
    {
      id,
      label,
      tooltipMarkdown: markdownText(
        outcome === 'pass'
          ? 'What is as it should be.'
          : 'What Azure does not tell, or what does not concern this app.',
      ),
      icon: { id: icons[outcome] },
      contextValue: 'checks',
      collapsible: 'collapsed',
      children: those.map(result => checkRow(result, app, id)),
      accessibilityLabel: label,
    },
  ];
}

function checkRow({ check, outcome, detail }: CheckResult, app: AppModel, parent: string): TreeNode {
  const command = outcome === 'fail' ? check.command?.(app) : undefined;
  const failed = outcome === 'fail';
  const words = failed ? `${detail} · ${severityWords[check.severity]}` : outcome === 'unknown' ? 'unknown' : detail;
  return {
    id: `${parent}/${check.id}`,
    label: check.title,
    description: words,
    tooltipMarkdown: [
      `**${markdownText(check.title)}** ${outcome === 'pass' ? 'yes' : failed ? 'no' : 'unknown'}`,
      markdownText(detail),
      ...(failed ? [`**Weight:** ${severityWords[check.severity]}`] : []),
      ...(command === undefined ? [] : ['**What to do:**', ...commandMarkdown(command)]),
      documentationLink(failed ? 'How to fix it' : 'What it is about', check.documentation),
    ].join('\n\n'),
    icon: failed
      ? {
          id: check.severity === 'low' ? 'info' : icons.fail,
          color: check.severity === 'low' ? 'list.deemphasizedForeground' : 'list.warningForeground',
        }
      : { id: icons[outcome] },
    contextValue: ['check', 'documented', ...(command === undefined ? [] : ['fixable'])].join(' '),
    collapsible: 'none',
    children: [],
    accessibilityLabel: `${check.title}: ${outcome === 'pass' ? 'passed' : outcome === 'fail' ? 'failed' : 'unknown'}. ${detail}`,
    subject: { documentation: check.documentation, ...(command === undefined ? {} : { azureCli: command }) },
  };
}

function unreadRows(detail: Detail<AppDetails> | undefined, parent: string, what: string): TreeNode[] {
  if (detail?.value)
    return [remarkRow(`${parent}/unread`, `The ${what} could not be read`, 'The reason stands above.', 'question')];
  return [remarkRow(`${parent}/unread`, `Reading ${what}…`, 'Azure has been asked.', 'loading~spin')];
}

function problemRows(detail: Detail<AppDetails> | undefined, { connection }: Place, parent: string): TreeNode[] {
  return (detail?.value?.problems ?? []).map((problem, i) =>
    describeProblem(problem, { parent: `${parent}/${i}`, connection }),
  );
}
