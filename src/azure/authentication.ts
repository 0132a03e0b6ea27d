import type { TokenCredential } from '@azure/core-auth';
import {
  bearerTokenAuthenticationPolicy,
  bearerTokenAuthenticationPolicyName,
  type PipelinePolicy,
} from '@azure/core-rest-pipeline';
import type { ArmEndpoint } from '../core/rbac/arm-endpoint.ts';

/**
 * The one place that puts a token on a request. The SDK clients' own policies are replaced by this one: theirs ask for
 * a public-cloud token whatever the endpoint, and refuse http even where no token is meant to be sent.
 */
export function authenticationPolicy(endpoint: ArmEndpoint, credential: TokenCredential | undefined): PipelinePolicy {
  if (!credential || !endpoint.tokenScope) return anonymousPolicy;
  return bearerTokenAuthenticationPolicy({ credential, scopes: endpoint.tokenScope });
}

/** Bears the name of the SDK's token policy, so that no client adds one of its own. */
const anonymousPolicy: PipelinePolicy = {
  name: bearerTokenAuthenticationPolicyName,
  sendRequest(request, next) {
    request.headers.delete('Authorization');
    return next(request);
  },
};

/** Satisfies the SDK constructors; its policies are replaced before any request. */
export const noCredential: TokenCredential = { getToken: () => Promise.resolve(null) };
