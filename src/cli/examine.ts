import { randomBytes } from 'node:crypto';
import { applySettings } from '../core/engine/apply-settings.ts';
import { secretDigest, secretNumbers } from '../core/engine/duplicates.ts';
import type { Finding, SourceDocument } from '../core/engine/finding.ts';
import { fixesFor } from '../core/engine/fixes.ts';
import { rescanJoined } from '../core/engine/split-secrets.ts';
import { sarifFix } from '../core/report/sarif-fix.ts';
import type { SarifFinding, SarifFix } from '../core/report/sarif.ts';
import { reportFile, type FindingCommit, type FixTitle, type ReportableFinding } from '../core/report/scan-report.ts';
import { onlyExplains, type FixOffer } from '../core/rewrite/fix.ts';
import type { Disk } from './disk.ts';
import type { CommandIo } from './io.ts';
import type { Format } from './scan-formats.ts';
import { recordingTools, rewriteTools } from './tools.ts';

/** A document of any source, with what is known of it. */
export interface Examined {
  readonly document?: SourceDocument;
  readonly settings: Parameters<typeof applySettings>[2];
  readonly mayBeIgnored?: boolean;
  readonly absolutePath?: string;
  readonly findings?: readonly Finding[];
  readonly commit?: FindingCommit;
}

/** A scan as its findings know it. */
export interface ExaminedScan {
  readonly files: Disk;
  readonly format: Format;
  readonly source: 'files' | 'staged' | 'history';
}

export type Examine = (entry: Examined) => Promise<readonly SarifFinding[]>;

/** Finds what is in a document and says it as reports do; history repeats no secret of one file. */
export function examiner({ files, format, source }: ExaminedScan, io: CommandIo): Examine {
  const { signal } = io;
  const { tools, textOf } = recordingTools(rewriteTools(files, io));
  const groups = { salt: randomBytes(32).toString('hex'), numberOf: secretNumbers() };
  const met = new Set<string>();
  return async ({ document, commit, ...entry }) => {
    if (document === undefined) return [];
    const keepSuppressed = true;
    const found = entry.findings ?? (await scanned(document)) ?? [];
    if (found.length === 0) return [];
    const { absolutePath } = entry;
    const gitIgnored = entry.mayBeIgnored === true && absolutePath ? await files.isGitIgnored(absolutePath) : false;
    const settled = applySettings(document, found, { ...entry.settings, gitIgnored }, { keepSuppressed });
    const fresh = commit === undefined ? settled : settled.filter(finding => isFirst(document, finding));
    const secrets = found.map(({ span }) => document.text.slice(span.start, span.end));
    const findings: ReportableFinding[] = [];
    const fixes: SarifFix[][] = [];
    for (const finding of fresh) {
      const offers = source === 'history' || finding.suppression ? [] : await fixesFor(document, finding, tools);
      // An explanation is no fix: it only says why there is none.
      const useful = offers.filter(offer => !onlyExplains(offer));
      findings.push({ finding, fixes: useful.map(titleOf) });
      fixes.push(format === 'sarif' ? await editsOf(useful, document, secrets) : []);
    }
    const { uri: file, languageId, text } = document;
    return reportFile({ file, languageId, text, findings, ...(commit ? { commit } : {}) }, groups).map(
      (finding, index) => ({ finding, suppression: fresh[index]?.suppression, fixes: fixes[index] ?? [] }),
    );
  };

  async function scanned(document: SourceDocument): Promise<readonly Finding[] | undefined> {
    const options = { signal, keepSuppressed: true };
    return (await rescanJoined(document, undefined, () => tools.languages, options))?.findings;
  }

  function isFirst(document: SourceDocument, finding: Finding): boolean {
    const key = `${finding.ruleId}\n${document.uri}\n${secretDigest(document, finding, groups.salt)}`;
    if (met.has(key)) return false;
    met.add(key);
    return true;
  }

  async function editsOf(
    offers: readonly FixOffer[],
    document: SourceDocument,
    secrets: readonly string[],
  ): Promise<SarifFix[]> {
    const preferred = offers.find(({ isPreferred }) => isPreferred);
    const fix =
      preferred && (await sarifFix(preferred, uri => (uri === document.uri ? document.text : textOf(uri)), secrets));
    return fix === undefined ? [] : [fix];
  }
}

function titleOf({ id, title, isPreferred }: FixOffer): FixTitle {
  return { id, title, isPreferred };
}
