import type { CredentialFormat } from '../../services/service.ts';
import { businessTokens } from './business.ts';
import { cloudTokens } from './cloud.ts';
import { developerTokens } from './developer.ts';
import { modelTokens } from './models.ts';
import { operationsTokens } from './operations.ts';
import { packageTokens } from './packages.ts';
import { credentialFormat, type TokenFormat } from './token-format.ts';

/** The tokens of other providers that live in the same repositories, one row each. */
export const thirdPartyTokens: readonly TokenFormat[] = [
  ...developerTokens,
  ...packageTokens,
  ...cloudTokens,
  ...operationsTokens,
  ...modelTokens,
  ...businessTokens,
];

/** The same as rules of the scan. */
export const thirdPartyCredentials: readonly CredentialFormat[] = thirdPartyTokens.map(credentialFormat);
