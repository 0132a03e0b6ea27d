import type { CredentialMatch } from '../services/service.ts';
import type { SourceDocument } from './finding.ts';

/*
 * Classes, since an accessor in an object literal gives each object a hidden class of its own, which V8 keeps, with all that
 * the accessor reaches, until the next major collection.
 */

/** A document or a part of one; tells that its path was asked for. */
export class AskedDocument implements SourceDocument {
  readonly languageId: string;
  readonly text: string;
  readonly #uri: () => string;

  constructor(languageId: string, text: string, uri: () => string) {
    this.languageId = languageId;
    this.text = text;
    this.#uri = uri;
  }

  get uri(): string {
    return this.#uri();
  }
}

/** What a match knows besides the path of its document, and how to have that. */
type MatchParts = Omit<CredentialMatch, 'uri'> & { readonly uri: () => string };

/** A match that tells that the path of its document was asked for. */
export class AskedMatch implements CredentialMatch {
  readonly secret: CredentialMatch['secret'];
  readonly groups: CredentialMatch['groups'];
  readonly text: CredentialMatch['text'];
  readonly span: CredentialMatch['span'];
  readonly secretSpan: CredentialMatch['secretSpan'];
  readonly languageId: CredentialMatch['languageId'];
  readonly connectionString: CredentialMatch['connectionString'];
  readonly mentions: CredentialMatch['mentions'];
  readonly now: CredentialMatch['now'];
  readonly findingsIn: CredentialMatch['findingsIn'];
  readonly #uri: () => string;

  constructor(parts: MatchParts) {
    this.secret = parts.secret;
    this.groups = parts.groups;
    this.text = parts.text;
    this.span = parts.span;
    this.secretSpan = parts.secretSpan;
    this.languageId = parts.languageId;
    this.connectionString = parts.connectionString;
    this.mentions = parts.mentions;
    this.now = parts.now;
    this.findingsIn = parts.findingsIn;
    this.#uri = parts.uri;
  }

  get uri(): string {
    return this.#uri();
  }
}
