import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Finding } from '../core/engine/finding.ts';
import { grammarsIn } from '../platform/grammars.ts';
import { createScanThread } from '../platform/scan-thread.ts';
import type { FixParts } from './apply-fix.ts';
import { registerCodeActions } from './code-actions.ts';
import { diagnostics as keepDiagnostics } from './diagnostics.ts';
import { workspaceView } from './documents.ts';
import { configProblems } from './findings/config-problems.ts';
import { fileSettingsReader } from './findings/file-settings.ts';
import { scansAtStart } from './findings/settings.ts';
import { createFindingStore } from './findings/store.ts';
import { registerFixAll } from './fix-all.ts';
import { registerFindingsView, type FindingsView } from './findings/view.ts';
import { createWorkspaceScan, type WorkspaceScan } from './findings/workspace-scan.ts';
import { registerHover } from './hover.ts';
import { registerIdentityExplorer, type IdentityExplorer } from './identity/index.ts';
import { nextSteps as createNextSteps } from './next-steps.ts';
import { registerRulePages } from './rule-pages.ts';

/** What other extensions and the tests may ask. */
export interface KeylessApi {
  /** Findings of the document's present text; waits for a scan that is under way. */
  findings(document: vscode.TextDocument): Promise<readonly Finding[]>;
  readonly workspaceScan: WorkspaceScan;
  readonly findingsView: Pick<FindingsView, 'tree' | 'status'>;
  readonly identities: IdentityExplorer;
}

/** The composition root: every part is made here and handed what it needs. */
export function activate(context: vscode.ExtensionContext): KeylessApi {
  const log = vscode.window.createOutputChannel('Keyless', { log: true });
  const store = createFindingStore();
  const settingsProblems = configProblems();
  const fileSettings = fileSettingsReader(log, settingsProblems);
  const grammarFolder = join(context.extensionPath, 'dist', 'grammars');
  const thread = createScanThread(join(context.extensionPath, 'dist', 'scan-worker.js'));
  const languages = once(async () => {
    const { createLanguages } = await import('../core/languages/languages.ts');
    return createLanguages(grammarsIn(grammarFolder));
  });
  const engines = once(async (): ReturnType<FixParts['engines']> => {
    const [fixes, { fixSession }, loaded] = await Promise.all([
      import('../core/engine/fixes.ts'),
      import('../core/engine/fix-session.ts'),
      languages(),
    ]);
    return {
      fixes,
      fixSession,
      tools: { languages: loaded, workspace: workspaceView, identities: () => identities.userAssigned() },
    };
  });
  const workspaceScan = createWorkspaceScan(store, thread, fileSettings, log, grammarFolder);
  const diagnostics = keepDiagnostics({
    store,
    log,
    fileSettings,
    languages,
    takeOver: uri => workspaceScan.takeOver(uri),
  });
  const nextSteps = createNextSteps();
  const identities = registerIdentityExplorer(context, log);
  const filesWithFindings = () => store.files().map(({ uri }) => uri);
  const actions: FixParts = { diagnostics, nextSteps, engines, filesWithFindings };
  const findingsView = registerFindingsView({ store, workspaceScan, actions, memory: context.workspaceState });
  context.subscriptions.push(
    log,
    store,
    thread,
    settingsProblems,
    fileSettings,
    workspaceScan,
    findingsView,
    diagnostics,
    nextSteps,
    identities,
    registerRulePages(),
    registerHover(diagnostics),
    registerCodeActions(actions),
    registerFixAll(actions),
  );
  if (scansAtStart()) void workspaceScan.scan();
  return { findings: document => diagnostics.settled(document), workspaceScan, findingsView, identities };
}

/** Runs a factory on first use; a failed run is tried again on the next use. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}
