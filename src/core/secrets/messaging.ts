import type { CredentialMatch, CredentialPattern } from '../services/service.ts';
import { expiredOn } from './grading.ts';
import { around, connectionStringKey } from './connection-string-key.ts';
import { isSignature, queryParameters } from './shared-access-signature.ts';

/** Service Bus, Event Hubs, Relay and Notification Hubs share their hosts and the form of their credentials. */
export const messagingHost =
  /(?<![a-z0-9-])([a-z0-9-]+)\.servicebus\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn|cloudapi\.de)/iu;

/** The namespace and policy of the connection string around a match. */
export function messagingArgs(match: CredentialMatch): Record<string, string | undefined> {
  const { values } = match.connectionString();
  return {
    namespace: messagingHost.exec(values.get('endpoint') ?? '')?.[1],
    policy: values.get('sharedaccesskeyname'),
  };
}

/** A key without signature, in a connection string that something near says is this service's. */
export function messagingKey(claims: (match: CredentialMatch) => boolean): CredentialPattern {
  return connectionStringKey({
    key: 'SharedAccessKey',
    value: '[A-Z0-9+/]{43}=',
    endpoint: ['endpoint'],
    host: messagingHost,
    claims,
    args: (namespace, values) => ({ namespace, policy: values.get('sharedaccesskeyname') }),
  });
}

/** Whether the words around a match, or those of the file when it speaks of no Service Bus, name the service. */
export function speaksOf(match: CredentialMatch, service: RegExp): boolean {
  return (
    service.test(around(match, 200)) ||
    (match.mentions(service) && !match.mentions(/service[\s_-]?bus(?!\.(?:windows|usgov|china|cloud))/iu))
  );
}

/** `SharedAccessSignature sr=…&sig=…&se=…&skn=…`, in any order. */
export function sharedAccessSignature(
  host: RegExp,
  claims: (match: CredentialMatch) => boolean = () => true,
): CredentialPattern {
  return {
    begins: ['sharedaccesssignature'],
    regex: /SharedAccessSignature\s(?<secret>[^\s"'`<>;,\uE022\uE027]{60,1500})/dgu,
    grade(match) {
      const parameters = queryParameters(match.secret);
      const resource = parameters.get('sr');
      if (resource === undefined || !parameters.has('se') || !isSignature(parameters.get('sig') ?? ''))
        return undefined;
      const name = host.exec(resource)?.[1];
      if (name === undefined || !claims(match)) return undefined;
      const expired = expiredOn(parameters.get('se'), match.now);
      return {
        severity: expired === undefined ? 'error' : 'information',
        confidence: 'high',
        args: {
          namespace: name,
          policy: parameters.get('skn'),
          note: expired === undefined ? undefined : `expired on ${expired}`,
        },
      };
    },
  };
}
