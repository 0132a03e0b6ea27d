import type { SourceDocument } from '../engine/finding.ts';
import type { TextEdit } from '../text/text-edit.ts';

export interface FileEdits {
  readonly uri: string;
  /** The file is not there yet: it is made, and the edits insert into it while it is empty. */
  readonly create?: true;
  readonly edits: readonly TextEdit[];
  /** Why a person should look at these edits before they are made, in a few words. */
  readonly unsure?: string;
}

/** What remains to be done outside the files that the fix edits. */
export interface FollowUp {
  readonly kind:
    | 'installPackage'
    | 'setEndpoint'
    | 'setSetting'
    | 'grantRole'
    | 'rotateSecret'
    | 'removeSetting'
    | 'turnKeysOff'
    | 'checkOtherUses';
  /** One sentence a person can act on; carries no secret. */
  readonly message: string;
  /** Command line or setting to copy, when there is one. */
  readonly copyable?: string;
  /** The same for templates. */
  readonly forms?: readonly FollowUpForm[];
  /** How it becomes one step with others of its kind. */
  readonly together?: Together;
}

/** Steps with the same key are one. */
export interface Together {
  readonly key: string;
  /** The message of all: `{}` for their items, `{files}` for the files that they come from. */
  readonly message?: string;
  /** What this step adds to the message, such as the name of a setting. */
  readonly item?: string;
}

/** A follow-up as code, with its VS Code language id. */
export interface FollowUpForm {
  readonly title: string;
  readonly languageId: string;
  readonly text: string;
}

/** Edits to one or more files that belong together: all or none, one undo. */
export interface Fix {
  readonly files: readonly FileEdits[];
  readonly followUps: readonly FollowUp[];
  /** What must hold in files that other fixes share, whether this fix has to edit them for it or not. */
  readonly needs?: readonly SharedNeed[];
}

/** A package that a manifest lists, or a setting that a file holds no more or under another name. */
export interface SharedNeed {
  readonly kind: 'package' | 'setting';
  /** The manifest, or the file of settings. */
  readonly uri: string;
  readonly name: string;
}

/** Why an edit that cannot be proven safe was not made, and what to do instead. */
export interface Refusal {
  readonly refusal: string;
  /** The way by hand, where it is known step by step. */
  readonly guide?: Guide;
  /** Only the name of the new setting stands in the way: another one may do. */
  readonly taken?: true;
}

/** How to do by hand what no edit can do safely; carries no secret. */
export interface Guide {
  readonly title: string;
  /** Markdown, in order. */
  readonly steps: readonly string[];
  /** Whole code of the keyless form, with its VS Code language id. */
  readonly snippet?: { readonly languageId: string; readonly text: string };
  readonly documentation: string;
  readonly followUps: readonly FollowUp[];
}

export interface FixOffer {
  /** Stable id, e.g. `use-default-azure-credential`, `suppress`. */
  readonly id: string;
  readonly title: string;
  readonly isPreferred: boolean;
  readonly build: () => Promise<Fix | Refusal>;
}

/** Where no edit can be proven safe the lightbulb still answers: what stands in the way, and what to do instead. */
export function explanation(refusal: Refusal): FixOffer {
  return {
    id: 'explain',
    title: 'How to do without this secret',
    isPreferred: false,
    build: () => Promise.resolve(refusal),
  };
}

/** Where the way is known step by step but takes more than an edit. */
export function guidance(refusal: Refusal & { readonly guide: Guide }): FixOffer {
  return {
    id: 'guide',
    title: 'How to make this keyless…',
    isPreferred: false,
    build: () => Promise.resolve(refusal),
  };
}

/** Whether an offer has no edit, only something to say. */
export function onlyExplains({ id }: FixOffer): boolean {
  return id === 'explain' || id === 'guide';
}

export function isRefusal(result: object): result is Refusal {
  return 'refusal' in result;
}

/** The files around a document, as far as a fix may look: the caller decides how they are read. */
export interface WorkspaceView {
  /**
   * Nearest file, from the document's folder upwards to the workspace root, whose base name one of the patterns
   * matches; earlier patterns win within one folder.
   */
  findUp(fromUri: string, names: readonly RegExp[]): Promise<SourceDocument | undefined>;
  /**
   * Code of the workspace around a document that mentions a name, without what is installed or built; absent where it
   * cannot be looked through.
   */
  mentioning?(fromUri: string, name: string): Promise<readonly SourceDocument[]>;
  /** The folder of the workspace that a document lies in; absent where no file may be made. */
  rootOf?(uri: string): string | undefined;
}
