import type { ConfiguredSuppression, FileSettings } from './config.ts';
import type { Finding, Severity, SourceDocument } from './finding.ts';
import { ruleById } from './rules.ts';
import { isPast } from './suppression.ts';

export interface ApplyOptions {
  /** Decides whether a suppression has expired; the present when absent. */
  readonly now?: Date;
  /** Returns suppressed findings too, marked with their `suppression`. */
  readonly keepSuppressed?: boolean;
}

/** A document's findings as its settings want them: rules turned off left out, levels changed, suppressions applied. */
export function applySettings(
  document: Pick<SourceDocument, 'text'>,
  findings: readonly Finding[],
  settings: FileSettings,
  { now = new Date(), keepSuppressed = false }: ApplyOptions = {},
): Finding[] {
  return findings.flatMap(finding => {
    const level = settings.levels[finding.ruleId];
    if (level === 'off') return [];
    const severity = settings.gitIgnored === true ? 'information' : severityAt(finding, level);
    const changed = {
      ...finding,
      severity,
      ...(settings.gitIgnored === true ? { uncommitted: true } : {}),
      ...(finding.suppression ? {} : suppressionBy(settings.suppressions, finding, document.text, now)),
    };
    return changed.suppression && !keepSuppressed ? [] : [changed];
  });
}

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/**
 * A level below the rule's own is the most a finding may be, one above it the least: what was graded lower for a
 * reason (an emulator's key) stays lower when the rule is only turned down.
 */
function severityAt({ ruleId, severity }: Finding, level: Severity | undefined): Severity {
  const usual = ruleById(ruleId)?.severity;
  if (level === undefined || level === usual) return severity;
  const lowered = usual !== undefined && weight[level] > weight[usual];
  return weight[level] > weight[severity] === lowered ? level : severity;
}

function suppressionBy(
  entries: readonly ConfiguredSuppression[],
  finding: Finding,
  text: string,
  now: Date,
): Pick<Finding, 'suppression' | 'lapsedSuppression'> {
  const meant = entries.filter(
    ({ rule, fingerprint }) =>
      rule === finding.ruleId && (fingerprint === undefined || fingerprint === finding.fingerprint),
  );
  const held = meant.find(({ expires }) => expires === undefined || !isPast(expires, now));
  if (held !== undefined) {
    const secret = text.slice(finding.span.start, finding.span.end);
    return {
      suppression: { kind: 'external', ...(held.reason.includes(secret) ? {} : { reason: held.reason }) },
    };
  }
  const until = meant[0]?.expires;
  return until === undefined ? {} : { lapsedSuppression: { until } };
}
