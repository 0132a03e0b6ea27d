import type { Languages } from '../languages/languages.ts';
import type { WorkspaceView } from './fix.ts';

/** What a rewrite needs from its caller. */
export interface RewriteTools {
  readonly languages: Languages;
  /** Absent: dependency manifests are not edited, only named in a follow-up. */
  readonly workspace?: WorkspaceView;
}
