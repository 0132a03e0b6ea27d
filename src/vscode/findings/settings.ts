import * as vscode from 'vscode';
import type { ConfigLayer, RuleLevels } from '../../core/engine/config.ts';
import { ruleLevels as allLevels } from '../../core/engine/config-parser.ts';

/** What a workspace scan is told about a folder. */
export interface ScanSettings {
  readonly enabled: boolean;
  /** Globs of `files.exclude`. */
  readonly exclude: readonly string[];
  readonly gitIgnored: boolean;
  readonly maxBytes: number;
  /** `keyless.rules`, which the settings files in the folder overrule. */
  readonly layer: ConfigLayer;
}

/** Settings after which stored files have to be looked at again. */
const scanSettings = [
  'keyless.enable',
  'keyless.rules',
  'keyless.scan.gitIgnored',
  'keyless.scan.maxFileSize',
  'files.exclude',
];

export function affectsScan(change: vscode.ConfigurationChangeEvent): boolean {
  return scanSettings.some(setting => change.affectsConfiguration(setting));
}

export function isEnabled(uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration('keyless', uri).get<boolean>('enable', true);
}

export function scansAtStart(): boolean {
  return vscode.workspace.getConfiguration('keyless').get<boolean>('scan.onStartup', false);
}

export function readScanSettings(folder: vscode.Uri): ScanSettings {
  const keyless = vscode.workspace.getConfiguration('keyless', folder);
  const excluded = vscode.workspace.getConfiguration('files', folder).get<Record<string, unknown>>('exclude', {});
  const megabytes = keyless.get<unknown>('scan.maxFileSize', 20);
  return {
    enabled: isEnabled(folder),
    exclude: Object.entries(excluded).flatMap(([glob, on]) => (on === true ? [glob] : [])),
    gitIgnored: keyless.get<boolean>('scan.gitIgnored', false),
    maxBytes: (typeof megabytes === 'number' && megabytes > 0 ? megabytes : 20) * 1_000_000,
    layer: { folder: folder.fsPath.replaceAll('\\', '/'), config: { rules: ruleLevels(folder) } },
  };
}

/** The levels that `keyless.rules` gives rules; what it does not know is left out. */
export function ruleLevels(uri: vscode.Uri): RuleLevels {
  const chosen = vscode.workspace.getConfiguration('keyless', uri).get<Record<string, unknown>>('rules', {});
  return Object.fromEntries(
    Object.entries(chosen).flatMap(([id, level]) => {
      const known = allLevels.find(one => one === level);
      return known === undefined ? [] : [[id, known]];
    }),
  );
}
