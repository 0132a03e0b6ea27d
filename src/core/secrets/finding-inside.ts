import type { Confidence, Severity } from '../engine/finding.ts';

/** What another rule says of a text that was unwrapped. */
export interface FindingInside {
  readonly ruleId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly note?: string;
  /** Nothing but name and place speaks for it. */
  readonly byNameAlone: boolean;
}

/** Whether form, checksum or host speak for a finding, and not a name alone. */
export function hasStrongEvidence({ severity, confidence, byNameAlone }: FindingInside): boolean {
  return !byNameAlone && severity !== 'information' && confidence !== 'low';
}
