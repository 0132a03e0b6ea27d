import * as vscode from 'vscode';
import type { FileChange, FixSession, SettledDocument } from '../core/engine/fix-session.ts';
import { groupFollowUps } from '../core/rewrite/group-follow-ups.ts';
import { lineIndex } from '../core/text/line-index.ts';
import type { FixParts } from './apply-fix.ts';
import { groupMetadata, titleOfGroup } from './change-labels.ts';
import { applyChanges, mend, nameOf, opened, readOnlyAmong, type AppliedChanges } from './change-set.ts';
import { isScannable, sourceOf } from './documents.ts';
import type { LeftToDo } from './next-steps.ts';

/** A row of a view that stands for a file. */
interface FileRow {
  readonly subject?: { readonly uri: string };
}

export function registerFixAll(parts: FixParts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('keyless.fixAllInFile', async (target?: vscode.Uri | FileRow) => {
      const uri = uriOf(target) ?? vscode.window.activeTextEditor?.document.uri;
      if (uri) await fixAll([uri], false, parts);
      else void vscode.window.showInformationMessage('Open a file first: Keyless fixes the file in the active editor.');
    }),
    vscode.commands.registerCommand('keyless.fixAllInWorkspace', async () => {
      const uris = parts.filesWithFindings();
      if (uris.length > 0) await fixAll(uris, true, parts);
      else void vscode.window.showInformationMessage('Nothing to fix: no finding is known. Scan the workspace first.');
    }),
  );
}

function uriOf(target: vscode.Uri | FileRow | undefined): vscode.Uri | undefined {
  if (target === undefined || target instanceof vscode.Uri) return target;
  return target.subject && vscode.Uri.parse(target.subject.uri, true);
}

/** @param preview shows every change in the refactor preview first, where each can be left out */
async function fixAll(uris: readonly vscode.Uri[], preview: boolean, parts: FixParts): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('Keyless edits files only in a trusted workspace.');
    return;
  }
  const planned = await plan(uris, parts);
  if (planned === undefined) {
    void vscode.window.showInformationMessage('Keyless stopped before it changed anything.');
    return;
  }
  const { session, documents } = planned;
  const changes = session.changes();
  const all = findingsOf(documents);
  if (changes.length === 0) {
    const what =
      all === 0 ? 'Nothing to fix: no finding is left.' : `None of the ${all} findings can be fixed by an edit.`;
    void parts.nextSteps.show(what, leftBy(documents));
    return;
  }
  const stale = await unlike(changes);
  if (stale !== undefined) {
    void vscode.window.showWarningMessage(`Keyless changed nothing: ${stale} changed meanwhile. Run it again.`);
    return;
  }
  const locked = await readOnlyAmong(changes.map(({ uri }) => uri));
  if (locked !== undefined) {
    void vscode.window.showWarningMessage(`Keyless changed nothing: ${locked} is read-only.`);
    return;
  }
  // VS Code previews an edit only where a part of it is unsure; one that is certain throughout is asked about here.
  const certain = changes.every(({ edits }) => edits.every(({ group }) => group.unsure === undefined));
  if (preview && certain && !(await confirmed(changes.map(({ uri }) => nameOf(uri))))) return;
  const applied = await applyChanges(changes, preview && !certain ? groupMetadata(changes, session.made()) : undefined);
  if (applied === undefined) {
    // Discarding the preview says the same.
    if (!preview || certain) {
      void vscode.window.showWarningMessage('VS Code did not apply the edit; nothing was changed. Run it again.');
    }
    return;
  }
  const report = (mended?: 'whole' | 'back') => reportOf(planned, changes, applied, mended);
  const summary = await report();
  parts.nextSteps.keep(...summary);
  // Not waited for: the change is made, and nobody may ever answer a message.
  void (async () => {
    const mended = await mend(applied, group => titleOfGroup(group, session.made()));
    await parts.nextSteps.show(...(mended === undefined ? summary : await report(mended)));
  })();
}

/** What was done, and what is left to do of it. */
async function reportOf(
  { session, documents }: Planned,
  changes: readonly FileChange[],
  applied: AppliedChanges,
  mended: 'whole' | 'back' | undefined,
): Promise<[string, LeftToDo]> {
  const none = new Set([...applied.none, ...(mended === 'back' ? applied.partly.map(({ group }) => group) : [])]);
  const groups = [...new Set(changes.flatMap(({ edits }) => edits.map(({ group }) => group)))];
  const made = groups.filter(group => !none.has(group)).flatMap(group => group.fixes.map(fix => session.made()[fix]));
  const steps = made.flatMap(fix => fix?.followUps.map(followUp => ({ followUp, file: nameOf(fix.uri) })) ?? []);
  const texts = mended === undefined ? new Map<string, string>() : mended === 'whole' ? applied.whole : applied.back;
  const textOf = (uri: string): string => texts.get(uri) ?? applied.textOf(uri);
  const all = findingsOf(documents);
  const changed = changes.filter(({ uri, before }) => textOf(uri) !== before);
  const left = await session.leftIn(uri => (changed.some(change => change.uri === uri) ? textOf(uri) : undefined));
  const files = changed.length === 1 ? '1 file' : `${changed.length} files`;
  const unsaved = applied.unsaved.map(nameOf).join(', ');
  const note = unsaved === '' ? '' : ` Changed in the editor alone, because they could not be written: ${unsaved}.`;
  const leftOut = groups.filter(group => none.has(group) && group.fixes.length > 0);
  return [
    `${all - left} of ${all} findings fixed in ${files}.${note}`,
    {
      followUps: groupFollowUps(steps),
      leftOut: leftOut.map(group => ({ title: titleOfGroup(group, session.made()), reason: group.unsure })),
      ...leftBy(documents),
    },
  ];
}

function findingsOf(documents: readonly SettledDocument[]): number {
  return documents.reduce((sum, { fixed, unfixed }) => sum + fixed + unfixed.length, 0);
}

interface Planned {
  readonly session: FixSession;
  readonly documents: readonly SettledDocument[];
}

/** Finds out what there is to change; `undefined` when stopped by the user. */
async function plan(uris: readonly vscode.Uri[], parts: FixParts): Promise<Planned | undefined> {
  const title = uris.length === 1 ? 'Keyless: fixing this file' : `Keyless: fixing ${uris.length} files`;
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const { fixSession, tools } = await parts.engines();
    const session = fixSession(tools);
    try {
      for (const uri of uris) {
        let reported = 0;
        const advance = (part: number, message?: string): void => {
          progress.report({ increment: ((part - reported) * 100) / uris.length, ...(message && { message }) });
          reported = part;
        };
        if (uris.length > 1) advance(0, nameOf(uri.toString()));
        const document = await opened(uri);
        if (document !== undefined && isScannable(document)) {
          await session.fixDocument(sourceOf(document), {
            signal: abort.signal,
            onProgress: (done, all) => advance(done / all, uris.length > 1 ? undefined : `${done} of ${all}`),
          });
        }
        advance(1);
      }
      return { session, documents: await session.settle() };
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      throw error;
    }
  });
}

/** The first file that is no longer as it was: another extension, a person or a file watcher was faster. */
async function unlike(changes: readonly FileChange[]): Promise<string | undefined> {
  for (const { uri, before } of changes) if ((await opened(uri))?.getText() !== before) return nameOf(uri);
  return undefined;
}

function leftBy(documents: readonly SettledDocument[]): Pick<LeftToDo, 'unfixed'> {
  return {
    unfixed: documents.flatMap(({ document, unfixed }) => {
      const index = lineIndex(document.text);
      return unfixed.map(({ finding, reason }) => ({
        place: `${nameOf(document.uri)}:${index.positionAt(finding.span.start).line + 1}`,
        ruleId: finding.ruleId,
        reason,
      }));
    }),
  };
}

async function confirmed(files: readonly string[]): Promise<boolean> {
  const shown = files.slice(0, 20);
  const more = files.length > shown.length ? [`and ${files.length - shown.length} more`] : [];
  const yes = 'Change Files';
  const question = `Change ${files.length === 1 ? 'this file' : `these ${files.length} files`}?`;
  const detail = [...shown, ...more].join('\n');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}
