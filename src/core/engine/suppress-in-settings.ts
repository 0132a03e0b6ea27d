import { modify } from 'jsonc-parser';
import type { FixOffer, WorkspaceView } from '../rewrite/fix.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { configFileName, type ConfiguredSuppression } from './config.ts';
import { parseConfig } from './config-parser.ts';
import type { Finding, SourceDocument } from './finding.ts';

/** Offers an entry in the nearest settings file, for what no comment can silence; makes the file where there is none. */
export function suppressInSettings(document: SourceDocument, finding: Finding, workspace: WorkspaceView): FixOffer {
  return {
    id: 'suppress',
    title: `Suppress ${finding.ruleId} in ${configFileName}`,
    isPreferred: false,
    async build() {
      const found = await workspace.findUp(document.uri, [/^\.keyless\.json$/u]);
      const root = workspace.rootOf?.(document.uri);
      const uri = found?.uri ?? (root === undefined ? undefined : `${root.replace(/\/$/u, '')}/${configFileName}`);
      const path = uri === undefined ? undefined : pathBelow(uri, document.uri);
      if (uri === undefined || path === undefined) {
        return { refusal: `Nothing was changed: put a ${configFileName} with {} into a folder above this file first.` };
      }
      const { ruleId: rule, fingerprint } = finding;
      const entry: ConfiguredSuppression = { rule, path, fingerprint, reason: 'reason' };
      if (found === undefined) {
        const newText = JSON.stringify({ suppressions: [entry] }, null, 2) + '\n';
        return { files: [{ uri, create: true, edits: [{ span: { start: 0, end: 0 }, newText }] }], followUps: [] };
      }
      const edits = withEntry(found.text, entry);
      return edits === undefined
        ? {
            refusal: `Nothing was changed: ${configFileName} has errors. Correct it first; its problems are underlined there.`,
          }
        : { files: [{ uri, edits }], followUps: [] };
    },
  };
}

/** `undefined` for a file whose form is not what it should be. */
function withEntry(text: string, entry: ConfiguredSuppression): TextEdit[] | undefined {
  if (parseConfig(text).problems.length > 0) return undefined;
  const formattingOptions = {
    insertSpaces: !/^\t/mu.test(text),
    tabSize: /^(?<indent> {1,8})\S/mu.exec(text)?.groups?.['indent']?.length ?? 2,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const options = { formattingOptions, isArrayInsertion: true };
  return modify(text, ['suppressions', -1], entry, options).map(({ offset, length, content }) => ({
    span: { start: offset, end: offset + length },
    newText: content,
  }));
}

/** A document relative to the folder of a settings file; both as URIs, or both as paths with `/`. */
function pathBelow(configUri: string, documentUri: string): string | undefined {
  const folder = configUri.slice(0, -configFileName.length);
  if (!documentUri.startsWith(folder)) return undefined;
  const path = documentUri.slice(folder.length);
  return /^[a-z][a-z0-9+.-]+:\/\//iu.test(documentUri) ? decodeURIComponent(path) : path;
}
