import { isRestError } from '@azure/core-rest-pipeline';
import type { Problem } from '../core/rbac/identity-model.ts';
import { MalformedAnswerError, problemOf } from './problems.ts';

/** Something that was to be changed in Azure. */
export interface Change {
  /** ARM id that it is about. */
  readonly scope: string;
  /** A clause that follows "to": `assign roles in this scope`. */
  readonly what: string;
  /** The built-in role that allows it. */
  readonly role: string;
}

/** The error code of a refusal, as ARM spells it. */
export function codeOf(error: unknown): string | undefined {
  return isRestError(error) ? error.code : undefined;
}

/**
 * What went wrong with a change and what to do. Where the request may have arrived it says that nobody knows: only a
 * clear refusal is told to be one.
 */
export function writeProblemOf(error: unknown, { scope, what, role }: Change): Problem {
  const problem = problemOf(error, scope, 'the answer');
  const say = (message: string, kind = problem.kind): Problem => ({ ...problem, kind, message });
  const notKnown = `Whether that was done is not known: refresh and look before trying again.`;
  const status = isRestError(error) ? error.statusCode : undefined;
  const code = codeOf(error);
  const known = code === undefined ? undefined : refusals[code];
  if (known !== undefined && status !== undefined && status < 500) {
    return say(`Azure did not ${what} (${status}, ${code ?? ''}): ${known.message}`, known.kind ?? problem.kind);
  }
  const detail = / \(\d{3}[^)]*\)/.exec(problem.message)?.[0] ?? '';
  switch (problem.kind) {
    case 'notSignedIn':
      return status === undefined
        ? say(`Nobody is signed in to Azure. Sign in to ${what}.`)
        : say(`Azure did not accept the sign-in${detail}, and nothing was changed. Sign in again to ${what}.`);
    case 'claimsChallenge':
      return say(
        `Azure wants a stronger sign-in (such as multi-factor authentication) to ${what}. Sign in again, then repeat it.`,
      );
    case 'forbidden':
      return say(
        `The signed-in account may not ${what} (403). It needs the role ${role} there, or one that includes it.`,
      );
    case 'notFound':
      return say(
        `Azure does not find what is needed to ${what}${detail}. It may have been deleted or renamed, or lies in another tenant. Refresh and look.`,
      );
    case 'throttled': {
      const pause = /\d+ s\b/.exec(problem.message)?.[0];
      const when = pause === undefined || pause === '0 s' ? 'in a minute' : `after ${pause}`;
      return say(
        `Azure limits the requests of this account and did not ${what}. Nothing was changed: try again ${when}.`,
      );
    }
    case 'cancelled':
      return say(`The request was stopped while Azure was asked to ${what}. ${notKnown}`);
    case 'network':
      return say(`The connection to Azure failed while it was asked to ${what}. ${notKnown}`);
    case 'unavailable':
      return say(`Azure failed while it was asked to ${what}${detail}. ${notKnown}`);
    case 'malformed':
      if (status === 409) {
        return say(
          `Azure is busy with another change here and did not ${what} (409). Refresh, look, and try again.`,
          'unavailable',
        );
      }
      if (status !== undefined && status >= 400 && !(error instanceof MalformedAnswerError)) {
        return say(`Azure refused to ${what}${detail}. Refresh, look whether it still makes sense, and try again.`);
      }
      return say(`Azure's answer could not be understood when it was asked to ${what}. ${notKnown}`);
  }
}

/** What the codes of ARM's clear refusals mean and what to do. */
const refusals: Readonly<Record<string, { readonly message: string; readonly kind?: Problem['kind'] }>> = {
  ScopeLocked: {
    message: 'a lock protects the resource or its group. Remove the lock under Locks in the portal, or ask who set it.',
    kind: 'forbidden',
  },
  PrincipalNotFound: {
    message: 'it does not know the identity yet. A new one takes some minutes; wait a minute and try again.',
    kind: 'notFound',
  },
  RoleDefinitionDoesNotExist: {
    message: 'the role is not there. A custom role may have been deleted, or belongs to another scope: choose another.',
    kind: 'notFound',
  },
  RoleAssignmentLimitExceeded: {
    message: 'the subscription has reached its limit of role assignments. Remove those that nobody needs first.',
    kind: 'forbidden',
  },
};
