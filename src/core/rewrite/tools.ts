import type { Languages } from '../languages/languages.ts';
import type { WorkspaceView } from './fix.ts';

/** A user-assigned identity that an app runs as. */
export interface LinkedIdentity {
  readonly name: string;
  /** The application id that code names it by. */
  readonly clientId: string;
}

/** What a rewrite needs from its caller. */
export interface RewriteTools {
  readonly languages: Languages;
  /** Absent: dependency manifests are not edited, only named in a follow-up. */
  readonly workspace?: WorkspaceView;
  /** User-assigned identities of the linked apps, as far as they are known at the moment; nothing is read for it. */
  readonly identities?: () => readonly LinkedIdentity[];
}
