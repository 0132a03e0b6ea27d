import type { Span } from '../text/text-edit.ts';

export type Severity = 'error' | 'warning' | 'information';
export type Confidence = 'high' | 'medium' | 'low';

/** A text to scan or fix. `uri` names it for the caller (a URI in the editor, a relative path on the command line). */
export interface SourceDocument {
  readonly uri: string;
  /** VS Code language id; see `languageOfPath` for files read from disk. */
  readonly languageId: string;
  readonly text: string;
  /**
   * The file as fingerprints name it, for tools that give it different URIs: relative to the repository or workspace,
   * with `/`. `uri` when absent.
   */
  readonly path?: string;
}

/** A place where a secret is embedded or an identity is used wrongly. Never carries a secret: only where it stands. */
export interface Finding {
  readonly ruleId: string;
  readonly uri: string;
  /** Exactly the secret value: no quotes, no key name; of a mistake that is no embedded secret, what is wrong. */
  readonly span: Span;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Non-secret words for the message: account, host, user or setting name. */
  readonly messageArgs: Readonly<Record<string, string>>;
  /** Stable over moved lines; computed from rule, file and masked surroundings, never from the secret. */
  readonly fingerprint: string;
  /** Why nobody is to be told; such findings are left out unless they are asked for. */
  readonly suppression?: Suppression;
  /** A suppression is meant for it but no longer holds: it ended on a day, or none can be read where one should be. */
  readonly lapsedSuppression?: { readonly until?: string };
  /** The file is ignored by git: the secret is not committed. */
  readonly uncommitted?: boolean;
}

/** `inSource`: by a comment; `external`: by the settings file. */
export interface Suppression {
  readonly kind: 'inSource' | 'external';
  readonly reason?: string;
}

/** What a finding's rule says to people. One per credential format of the catalogue and one per file of core/rules. */
export interface Rule {
  readonly id: string;
  /** What its findings stand on: an embedded secret, or a mistake whose text may be shown. */
  readonly kind: 'secret' | 'mistake';
  readonly title: string;
  readonly severity: Severity;
  /** One sentence: what is at this place. `{name}` takes a message argument. */
  readonly message: string;
  /** Why it matters: what whoever reads the value can do. */
  readonly leak: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Microsoft documentation of the keyless way; of a token of another provider, the page where it is revoked. */
  readonly documentation: string;
  readonly serviceId?: string;
}
