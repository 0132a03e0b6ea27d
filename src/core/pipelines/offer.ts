import { parseAllDocuments } from 'yaml';
import type { SourceDocument } from '../engine/finding.ts';
import { explanation, type FixOffer, type FollowUp, type Refusal } from '../rewrite/fix.ts';
import { applyEdits, type TextEdit } from '../text/text-edit.ts';

export interface PipelineChange {
  readonly edits: readonly TextEdit[];
  readonly followUps: readonly FollowUp[];
}

/** Hands out a change of a YAML file only when the result can be read. */
export function pipelineOffer(document: SourceDocument, title: string, change: PipelineChange | Refusal): FixOffer {
  if ('refusal' in change) return explanation(change);
  const after = applyEdits(document.text, change.edits);
  if (parseAllDocuments(after).some(({ errors }) => errors.length > 0)) {
    return explanation({
      refusal: 'The file is written in a way that this fix cannot change safely. Correct its YAML first.',
    });
  }
  const fix = { files: [{ uri: document.uri, edits: change.edits }], followUps: change.followUps };
  return { id: 'use-federated-login', title, isPreferred: true, build: () => Promise.resolve(fix) };
}
