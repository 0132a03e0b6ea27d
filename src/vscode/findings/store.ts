import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PlacedFinding } from '../../platform/workspace-scan.ts';
import { diagnosticOf, type OtherPlace } from './diagnostic.ts';

/** What is known of one file. */
export interface FileFindings {
  readonly uri: vscode.Uri;
  readonly findings: readonly PlacedFinding[];
  /** From the open document, or from the file as it is stored. */
  readonly source: 'editor' | 'disk';
}

/** Every finding that is known, of open and of stored files, shown as diagnostics that know of each other. */
export interface FindingStore {
  /** Random for this session: keys the digests by which findings of one secret are told. Never shown or stored. */
  readonly salt: string;
  /** Replaces what is known of a file; its diagnostics are in place when this returns. */
  set(file: FileFindings): void;
  delete(uri: vscode.Uri): void;
  /** Keeps what an editor that closes has shown, as of the stored file. */
  keepAsStored(uri: vscode.Uri): void;
  /** Forgets stored files at or below a URI for which `also` holds. */
  deleteStored(below: vscode.Uri, also?: (file: FileFindings) => boolean): void;
  get(uri: vscode.Uri): FileFindings | undefined;
  /** Files with findings, these in text order. */
  files(): readonly FileFindings[];
  /** Fires some time after changes, once for many. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/** Milliseconds in which changes are gathered before files with the same secrets and the view are brought up to date. */
const gathering = 60;

export function createFindingStore(): FindingStore {
  const collection = vscode.languages.createDiagnosticCollection('keyless');
  const changed = new vscode.EventEmitter<void>();
  const known = new Map<string, FileFindings>();
  /** Digest → key of the file → its findings of that secret. */
  const places = new Map<string, Map<string, PlacedFinding[]>>();
  const stale = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  /** Takes a file out of the index, and marks those that share a secret with it. */
  const unlist = (key: string): void => {
    for (const { secret } of known.get(key)?.findings ?? []) {
      const files = places.get(secret);
      files?.delete(key);
      if (files?.size === 0) places.delete(secret);
      for (const other of files?.keys() ?? []) stale.add(other);
    }
    known.delete(key);
  };
  const list = (key: string, file: FileFindings): void => {
    known.set(key, file);
    for (const placed of file.findings) {
      const files = places.get(placed.secret) ?? new Map<string, PlacedFinding[]>();
      places.set(placed.secret, files);
      for (const other of files.keys()) if (other !== key) stale.add(other);
      const own = files.get(key);
      if (own === undefined) files.set(key, [placed]);
      else own.push(placed);
    }
  };
  const publish = (key: string): void => {
    stale.delete(key);
    const file = known.get(key);
    if (file === undefined) return;
    collection.set(
      file.uri,
      file.findings.map(placed => diagnosticOf(placed, otherPlaces(key, placed))),
    );
  };
  function* otherPlaces(key: string, placed: PlacedFinding): Generator<OtherPlace> {
    for (const [otherKey, others] of places.get(placed.secret) ?? []) {
      const uri = known.get(otherKey)?.uri;
      if (uri === undefined) continue;
      for (const other of others) if (other !== placed) yield { uri, inSameFile: otherKey === key, placed: other };
    }
  }
  const flushLater = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const key of [...stale]) publish(key);
      changed.fire();
    }, gathering);
  };
  const remove = (key: string): void => {
    const file = known.get(key);
    if (file === undefined) return;
    unlist(key);
    collection.delete(file.uri);
    flushLater();
  };

  return {
    salt: randomBytes(32).toString('hex'),
    onDidChange: changed.event,
    set(file) {
      const key = file.uri.toString();
      if (file.findings.length === 0) {
        remove(key);
        return;
      }
      unlist(key);
      list(key, file);
      publish(key);
      flushLater();
    },
    delete: uri => remove(uri.toString()),
    keepAsStored(uri) {
      const file = known.get(uri.toString());
      if (file !== undefined) known.set(uri.toString(), { ...file, source: 'disk' });
    },
    deleteStored(below, also = () => true) {
      const root = below.toString();
      for (const [key, file] of known) {
        if (file.source === 'disk' && (key === root || key.startsWith(`${root}/`)) && also(file)) remove(key);
      }
    },
    get: uri => known.get(uri.toString()),
    files: () => [...known.values()],
    dispose() {
      clearTimeout(timer);
      changed.dispose();
      collection.dispose();
    },
  };
}
