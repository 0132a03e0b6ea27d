import * as vscode from 'vscode';
import { secretNumbers } from '../../core/engine/duplicates.ts';
import type { Finding } from '../../core/engine/finding.ts';
import { applyToFinding, type FixParts } from '../apply-fix.ts';
import { NodeTree } from '../identity/node-tree.ts';
import { count } from '../identity/tree-node.ts';
import {
  describeFindings,
  OPEN_FINDING,
  type FindingEntry,
  type FindingNode,
  type FindingPlace,
  type FindingSubject,
  type GroupBy,
} from './describe.ts';
import type { FindingStore } from './store.ts';
import { foldersHere, type ScanOutcome, type WorkspaceScan } from './workspace-scan.ts';

const viewId = 'keyless.findings';
const groupByMemory = 'keyless.findings.groupBy';

export interface FindingsView {
  /** All rows as the view shows them. */
  tree(): readonly FindingNode[];
  /** What the view says above its rows. */
  status(): string | undefined;
  dispose(): void;
}

export interface FindingsViewParts {
  readonly store: FindingStore;
  readonly workspaceScan: WorkspaceScan;
  readonly actions: FixParts;
  readonly memory: vscode.Memento;
}

/** The view of all findings, grouped, with the commands of its rows and the workspace scan. */
export function registerFindingsView({ store, workspaceScan, actions, memory }: FindingsViewParts): FindingsView {
  const numberOf = secretNumbers();
  let groupBy = memory.get<GroupBy>(groupByMemory, 'rule');
  const provider = new NodeTree<typeof OPEN_FINDING, FindingSubject>(() => Promise.resolve(rows()));
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: provider, showCollapseAll: true });

  const entries = (): FindingEntry[] =>
    store.files().flatMap(({ uri, findings }) =>
      findings.map(({ finding, start, secret }) => ({
        uri: uri.toString(),
        path: vscode.workspace.asRelativePath(uri),
        finding,
        start,
        secret: numberOf(secret),
      })),
    );
  const rows = (): FindingNode[] => describeFindings(entries(), groupBy);

  const showTitle = (): void => {
    const files = store.files();
    const findings = files.reduce((sum, file) => sum + file.findings.length, 0);
    const total = `${count(findings, 'finding')} in ${count(files.length, 'file')}`;
    view.description = findings === 0 ? '' : `${total}, by ${groupBy}`;
    view.badge = findings === 0 ? undefined : { value: findings, tooltip: `Keyless: ${total}` };
    const message = status();
    if (message === undefined) delete view.message;
    else view.message = message;
  };
  const status = (): string | undefined =>
    describeStatus(workspaceScan.progress()?.files, workspaceScan.outcome(), store.files().length > 0);

  const update = (): void => {
    provider.update();
    showTitle();
  };
  const showState = (): void => {
    setContext('keyless.findings.scanning', workspaceScan.progress() !== undefined);
    setContext('keyless.findings.scanned', workspaceScan.outcome() !== undefined);
    showTitle();
  };
  const group = async (by: GroupBy): Promise<void> => {
    groupBy = by;
    setContext('keyless.findings.groupBy', by);
    update();
    await memory.update(groupByMemory, by);
  };
  const scan = (): Promise<void> => scanWithProgress(workspaceScan, store);
  const apply = async (row: FindingNode | undefined, action: 'fix' | 'suppress'): Promise<void> => {
    const { uri, place } = row?.subject ?? view.selection[0]?.subject ?? {};
    if (uri === undefined || place === undefined) {
      void vscode.window.showInformationMessage('Select a finding in the Findings view first.');
      return;
    }
    await applyToFinding(actions, vscode.Uri.parse(uri, true), findingAt(place), action);
  };

  setContext('keyless.findings.groupBy', groupBy);
  showState();
  const disposable = vscode.Disposable.from(
    provider,
    view,
    store.onDidChange(update),
    workspaceScan.onDidChange(showState),
    vscode.commands.registerCommand('keyless.scanWorkspace', scan),
    vscode.commands.registerCommand('keyless.findings.stop', () => workspaceScan.cancel()),
    vscode.commands.registerCommand('keyless.findings.groupByRule', () => group('rule')),
    vscode.commands.registerCommand('keyless.findings.groupByFile', () => group('file')),
    vscode.commands.registerCommand('keyless.findings.groupBySecret', () => group('secret')),
    vscode.commands.registerCommand('keyless.findings.fix', (row?: FindingNode) => apply(row, 'fix')),
    vscode.commands.registerCommand('keyless.findings.suppress', (row?: FindingNode) => apply(row, 'suppress')),
    vscode.commands.registerCommand(OPEN_FINDING, (subject: FindingSubject) => open(subject, store)),
  );
  return { tree: rows, status, dispose: () => void disposable.dispose() };
}

/** What is known and what is not; `undefined` where the rows say it all. */
export function describeStatus(
  filesSoFar: number | undefined,
  outcome: ScanOutcome | undefined,
  anyFinding: boolean,
): string | undefined {
  if (filesSoFar !== undefined) return `Scanning the workspace: ${count(filesSoFar, 'file')} so far…`;
  if (outcome === undefined) {
    return anyFinding ? 'Open files alone were looked at. Scan the workspace to see the others.' : undefined;
  }
  const files = count(outcome.files, 'file');
  if (outcome.end === 'failed') return 'The scan ended early. What was found before is shown; scan again for the rest.';
  if (outcome.end === 'cancelled') {
    return `You stopped the scan after ${files}. What was found is kept; the rest was not looked at.`;
  }
  const unread = outcome.unreadable === 0 ? '' : ` ${count(outcome.unreadable, 'path')} could not be read.`;
  if (!anyFinding) return `No embedded secrets in ${files}.${unread}`;
  return unread === '' ? undefined : unread.trim();
}

async function scanWithProgress(workspaceScan: WorkspaceScan, store: FindingStore): Promise<void> {
  if (foldersHere().length === 0) {
    const why = vscode.workspace.workspaceFolders
      ? 'Keyless scans folders on this machine; here it looks at the files you open.'
      : 'Open a folder first: Keyless scans the folders of the workspace.';
    void vscode.window.showInformationMessage(why);
    return;
  }
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Keyless: scanning the workspace', cancellable: true },
    async (progress, token) => {
      const counting = workspaceScan.onDidChange(() => {
        const files = workspaceScan.progress()?.files;
        if (files !== undefined) progress.report({ message: `${count(files, 'file')}, ${found(store)}` });
      });
      token.onCancellationRequested(() => workspaceScan.cancel());
      try {
        return await vscode.window.withProgress({ location: { viewId } }, () => workspaceScan.scan());
      } finally {
        counting.dispose();
      }
    },
  );
  await announce(outcome, found(store));
}

async function announce({ end, files, unreadable }: ScanOutcome, foundText: string): Promise<void> {
  const show = 'Show Findings';
  const unread = unreadable === 0 ? '' : ` ${count(unreadable, 'path')} could not be read.`;
  const chosen = await (end === 'failed'
    ? vscode.window.showErrorMessage(
        `Keyless could not finish the scan; ${foundText} so far. Run it again; the output channel "Keyless" has more.`,
        show,
      )
    : vscode.window.showInformationMessage(
        end === 'cancelled'
          ? `Keyless stopped after ${count(files, 'file')}: ${foundText}, kept. The rest was not looked at.`
          : `Keyless looked at ${count(files, 'file')}: ${foundText}.${unread}`,
        show,
      ));
  if (chosen === show) await vscode.commands.executeCommand(`${viewId}.focus`);
}

function found(store: FindingStore): string {
  return count(
    store.files().reduce((sum, file) => sum + file.findings.length, 0),
    'finding',
  );
}

async function open({ uri, place }: FindingSubject, store: FindingStore): Promise<void> {
  const target = vscode.Uri.parse(uri, true);
  const placed = store
    .get(target)
    ?.findings.find(
      ({ finding, start }) =>
        finding.ruleId === place?.ruleId &&
        start.line === place.start.line &&
        start.character === place.start.character,
    );
  try {
    await vscode.window.showTextDocument(target, {
      preview: true,
      ...(placed
        ? {
            selection: new vscode.Range(
              placed.start.line,
              placed.start.character,
              placed.end.line,
              placed.end.character,
            ),
          }
        : {}),
    });
  } catch {
    void vscode.window.showWarningMessage('This file cannot be opened any more. Scan the workspace again.');
  }
}

function findingAt({ ruleId, start }: FindingPlace) {
  return (findings: readonly Finding[], document: vscode.TextDocument): Finding | undefined => {
    const offset = document.offsetAt(new vscode.Position(start.line, start.character));
    return findings.find(finding => finding.ruleId === ruleId && finding.span.start === offset);
  };
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
