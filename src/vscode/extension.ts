import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Finding } from '../core/engine/finding.ts';
import { grammarsIn } from '../platform/grammars.ts';
import { registerCodeActions, type CodeActionParts } from './code-actions.ts';
import { diagnostics as keepDiagnostics } from './diagnostics.ts';
import { workspaceView } from './documents.ts';
import { registerHover } from './hover.ts';
import { registerIdentityExplorer, type IdentityExplorer } from './identity/index.ts';
import { nextSteps as createNextSteps } from './next-steps.ts';
import { registerRulePages } from './rule-pages.ts';

/** What other extensions and the tests may ask. */
export interface KeylessApi {
  /** Findings of the document's present text; waits for a scan that is under way. */
  findings(document: vscode.TextDocument): Promise<readonly Finding[]>;
  readonly identities: IdentityExplorer;
}

/** The composition root: every part is made here and handed what it needs. */
export function activate(context: vscode.ExtensionContext): KeylessApi {
  const log = vscode.window.createOutputChannel('Keyless', { log: true });
  const diagnostics = keepDiagnostics(log);
  const nextSteps = createNextSteps();
  const identities = registerIdentityExplorer(context, log);
  const engines = once(async (): ReturnType<CodeActionParts['engines']> => {
    const [fixes, { createLanguages }] = await Promise.all([
      import('../core/engine/fixes.ts'),
      import('../core/languages/languages.ts'),
    ]);
    const languages = createLanguages(grammarsIn(join(context.extensionPath, 'dist', 'grammars')));
    return { fixes, tools: { languages, workspace: workspaceView } };
  });
  context.subscriptions.push(
    log,
    diagnostics,
    nextSteps,
    identities,
    registerRulePages(),
    registerHover(diagnostics),
    registerCodeActions({ diagnostics, nextSteps, engines }),
  );
  return { findings: document => diagnostics.settled(document), identities };
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
