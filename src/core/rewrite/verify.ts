import type { SourceDocument } from '../engine/finding.ts';
import { applyEdits } from '../text/text-edit.ts';
import type { Fix, Refusal } from './fix.ts';
import { followUpsOf } from './follow-ups.ts';
import { refuseOutdated } from './outdated.ts';
import type { Plan } from './plan.ts';
import { errorCount } from './refusals.ts';
import type { RewriteTools } from './tools.ts';

/** Applies a plan to a copy and reads it again: a fix is handed out only when it parses and the secret is gone. */
export async function verifiedFix(document: SourceDocument, plan: Plan, tools: RewriteTools): Promise<Fix | Refusal> {
  const after: SourceDocument = { ...document, text: applyEdits(document.text, plan.edits) };
  if (plan.secret !== undefined && after.text.includes(plan.secret)) {
    return {
      refusal:
        'The same secret stands elsewhere in this file as well. Remove the other copies first, then run the fix again.',
    };
  }
  const before = await tools.languages.read(document, file => errorCount(file.root));
  const now = await tools.languages.read(after, file => errorCount(file.root));
  if (before === undefined || now === undefined || now > before) {
    return { refusal: 'The rewritten code would not parse, so nothing was changed. Change the client by hand.' };
  }
  const outdated = await refuseOutdated(document, plan, tools.workspace);
  if (outdated !== undefined) return outdated;
  const { followUps, manifestEdits } = await followUpsOf(document, plan, tools.workspace);
  return { files: [{ uri: document.uri, edits: plan.edits }, ...manifestEdits], followUps };
}
