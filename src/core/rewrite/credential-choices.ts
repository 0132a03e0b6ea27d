import { clientIdSetting, credentialsSetting, type CredentialChoice, type SyntaxFile } from '../languages/syntax.ts';
import type { Service } from '../services/service.ts';
import { credentialRequest, existingCredential } from './credential.ts';
import type { FollowUp } from './fix.ts';
import type { Match } from './match.ts';
import type { ServiceMigration } from './migrations.ts';
import { needsAsync } from './needs-async.ts';
import type { LinkedIdentity } from './tools.ts';

/** One way to sign in, as an offer names it. */
export interface ChoiceOffer {
  readonly id: string;
  readonly choice: CredentialChoice;
  /** What follows "Connect to … " or "Sign in ". */
  readonly words: string;
}

export const byDefault: ChoiceOffer = {
  id: 'use-default-azure-credential',
  choice: { kind: 'default' },
  words: 'with DefaultAzureCredential',
};

/** The ways to sign in that make a difference at these constructs, in the order in which they are offered. */
export function choicesFor(
  file: SyntaxFile,
  consumers: readonly Match[],
  identities: readonly LinkedIdentity[],
): readonly ChoiceOffer[] {
  const signing = consumers.filter(
    ({ compiled: { migration } }) => migration.after.includes('$CREDENTIAL') || migration.signsInBy !== undefined,
  );
  const reuses = (match: Match): boolean =>
    existingCredential(file, match.node, credentialRequest(file, needsAsync(match)).module) !== undefined;
  if (signing.length === 0 || signing.some(reuses)) return [byDefault];
  const userAssigned = identities.map(({ name, clientId }): ChoiceOffer => ({
    id: 'use-user-assigned-identity',
    choice: { kind: 'userAssigned', clientId },
    words: `as the user-assigned identity ${name}`,
  }));
  const unnamed: ChoiceOffer = {
    id: 'use-user-assigned-identity',
    choice: { kind: 'userAssigned' },
    words: `as a user-assigned identity (${clientIdSetting})`,
  };
  const fromEnvironment: ChoiceOffer = {
    id: 'use-credentials-of-environment',
    choice: { kind: 'fromEnvironment' },
    words: `with the credentials that ${credentialsSetting} names`,
  };
  return [byDefault, ...(userAssigned.length === 0 ? [unnamed] : userAssigned), fromEnvironment];
}

/** What an offer is called: the construct's service, or the credential that is replaced, with how it signs in. */
export function titleFor({ migration, service }: ServiceMigration, { choice, words }: ChoiceOffer): string {
  if (migration.title !== undefined && choice.kind === 'default') return migration.title;
  if (migration.after !== '$CREDENTIAL' && migration.title === undefined) return connectTitle(service, words);
  return choice.kind === 'default' ? `Sign in ${words} instead of the client secret` : `Sign in ${words}`;
}

export function connectTitle(service: Service, words: string): string {
  return `Connect to ${service.name} ${words}`;
}

/** What must be set where the app runs so that it signs in as chosen. */
export function choiceFollowUps(choice: CredentialChoice, language: SyntaxFile['language']['id']): FollowUp[] {
  switch (choice.kind) {
    case 'default':
      return [
        {
          kind: 'setSetting',
          message: `In Azure set ${credentialsSetting} to prod: DefaultAzureCredential then tries no developer's sign-in there.`,
          copyable: `${credentialsSetting}=prod`,
        },
      ];
    case 'userAssigned': {
      // Its default credential takes the client id from the setting alone.
      if (choice.clientId !== undefined && language !== 'go') return [];
      return [
        {
          kind: 'setSetting',
          message: `Set ${clientIdSetting} to the client id of the user-assigned identity wherever the app runs in Azure.`,
          copyable: `${clientIdSetting}=${choice.clientId ?? '<client-id>'}`,
        },
      ];
    }
    case 'fromEnvironment':
      return [
        {
          kind: 'setSetting',
          message: `Set ${credentialsSetting} to ManagedIdentityCredential (or prod) in Azure and to dev on developers' machines: without it the app does not start.`,
          copyable: `${credentialsSetting}=ManagedIdentityCredential`,
        },
      ];
  }
}
