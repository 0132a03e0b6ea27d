import type { Span } from '../text/text-edit.ts';

/** An edit that knows which parts of the replaced text it carries over. */
export interface ConstructEdit {
  readonly span: Span;
  readonly newText: string;
  readonly keeps: readonly Span[];
}

/** A construct that cannot be changed without a loss; `refusal` says why where the message is no more than a word. */
export class CannotEdit extends Error {
  readonly refusal: string | undefined;

  constructor(message: string, refusal?: string) {
    super(message);
    this.refusal = refusal;
  }
}
