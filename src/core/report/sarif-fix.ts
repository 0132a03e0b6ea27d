import { isRefusal, type FixOffer } from '../rewrite/fix.ts';
import { lineIndex } from '../text/line-index.ts';
import type { SarifFix } from './sarif.ts';

/**
 * An offer's edits as SARIF takes them.
 * @param textOf the text that the edits of a file refer to
 * @param secrets what must not be in them
 * @returns `undefined` when it is refused, creates a file, or would put a secret into the report
 */
export async function sarifFix(
  offer: FixOffer,
  textOf: (uri: string) => string | undefined,
  secrets: readonly string[],
): Promise<SarifFix | undefined> {
  const fix = await offer.build();
  if (isRefusal(fix)) return undefined;
  const files: SarifFix['files'][number][] = [];
  for (const { uri, edits } of fix.files) {
    const text = textOf(uri);
    if (text === undefined) return undefined;
    if (edits.some(({ newText }) => secrets.some(secret => newText.includes(secret)))) return undefined;
    const lines = lineIndex(text);
    files.push({
      file: uri,
      replacements: edits.map(({ span, newText }) => ({
        start: lines.positionAt(span.start),
        end: lines.positionAt(span.end),
        newText,
      })),
    });
  }
  return { title: offer.title, files };
}
