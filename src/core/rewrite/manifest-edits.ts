import type { SourceDocument } from '../engine/finding.ts';
import { applyEdits, changeBetween } from '../text/text-edit.ts';
import type { FileEdits, WorkspaceView } from './fix.ts';

/** Manifests as the parts of one fix change them, one after the other: none undoes what another added. */
export interface ManifestEdits {
  /** The workspace with the manifests as they are by now. */
  readonly workspace: WorkspaceView | undefined;
  /** @param edits of the text that `workspace` gives */
  add(edits: readonly FileEdits[]): void;
  /** All that was added, as edits of the files as they are. */
  files(): readonly FileEdits[];
}

export function collectManifestEdits(workspace: WorkspaceView | undefined): ManifestEdits {
  const seen = new Map<string, SourceDocument>();
  const texts = new Map<string, string>();
  return {
    workspace: workspace && {
      ...workspace,
      async findUp(from, names) {
        const found = await workspace.findUp(from, names);
        if (found === undefined) return undefined;
        if (!seen.has(found.uri)) seen.set(found.uri, found);
        return { ...found, text: texts.get(found.uri) ?? found.text };
      },
    },
    add(files) {
      for (const { uri, edits } of files) {
        const text = texts.get(uri) ?? seen.get(uri)?.text;
        if (text === undefined) throw new Error('A manifest is edited that was not read');
        texts.set(uri, applyEdits(text, edits));
      }
    },
    files: () => [...texts].map(([uri, text]) => ({ uri, edits: [changeBetween(seen.get(uri)?.text ?? '', text)] })),
  };
}
