import { identityRules } from '../rules/rules.generated.ts';
import { base64WrappedSecret } from '../secrets/base64-wrapped-secret.ts';
import { services } from '../services/catalogue.generated.ts';
import { credentialFormat } from '../secrets/third-party/token-format.ts';
import { genericCredentials } from '../secrets/generic/generic-credentials.ts';
import { thirdPartyTokens } from '../secrets/third-party/third-party-tokens.ts';
import type { CredentialFormat } from '../services/service.ts';
import type { Finding, Rule } from './finding.ts';

function ruleOf(
  { id, title, severity, message, leak, remedy }: CredentialFormat,
  origin: Pick<Rule, 'documentation' | 'serviceId'>,
): Rule {
  return { id, kind: 'secret', title, severity, message, leak, remedy, ...origin };
}

const all: readonly Rule[] = [
  ...services.flatMap(({ credentials, documentation, id: serviceId }) =>
    credentials.map(format => ruleOf(format, { documentation, serviceId })),
  ),
  ...thirdPartyTokens.map(token => ruleOf(credentialFormat(token), { documentation: token.revoke })),
  ruleOf(base64WrappedSecret, { documentation: 'https://learn.microsoft.com/azure/aks/csi-secrets-store-driver' }),
  ...genericCredentials.map(format =>
    ruleOf(format, { documentation: 'https://learn.microsoft.com/azure/key-vault/secrets/secrets-best-practices' }),
  ),
  ...identityRules.map(({ id, title, severity, message, leak, remedy, documentation }): Rule => {
    return { id, kind: 'mistake', title, severity, message, leak, remedy, documentation };
  }),
];
const byId = new Map(all.map(rule => [rule.id, rule]));

/** Every rule, in catalogue order. */
export function rules(): readonly Rule[] {
  return all;
}

export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}

export interface Description {
  /** What is at this place. */
  readonly message: string;
  /** Why it matters. */
  readonly leak: string;
  /** What to do. */
  readonly remedy: string;
}

/**
 * A finding in words, without its secret.
 * @throws RangeError for a rule id that is not in `rules()`: a programming error.
 */
export function describe(finding: Pick<Finding, 'ruleId' | 'messageArgs'>): Description {
  const rule = byId.get(finding.ruleId);
  if (rule === undefined) throw new RangeError(`No rule ${finding.ruleId}`);
  return { message: fillTemplate(rule.message, finding.messageArgs), leak: rule.leak, remedy: rule.remedy };
}

/** `{name}` takes an argument; a part in `[…]` is left out when one of its arguments is missing. */
export function fillTemplate(template: string, args: Readonly<Record<string, string>>): string {
  return template
    .replace(/\[([^\]]*)\]/gu, (_part, inner: string) =>
      [...inner.matchAll(/\{(\w+)\}/gu)].every(([, name = '']) => args[name] !== undefined) ? inner : '',
    )
    .replace(/\{(\w+)\}/gu, (_part, name: string) => args[name] ?? '');
}
