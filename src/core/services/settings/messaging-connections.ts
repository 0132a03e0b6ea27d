import { fullyQualifiedNamespace } from '../clients/service-bus-forms.ts';
import type { FunctionsConnectionMigration, SettingExample, TemplateExpressions } from '../service.ts';

interface Messaging {
  /** E.g. `Service Bus`. */
  readonly service: string;
  readonly cures: readonly string[];
  /** What `EntityPath` names, and how a binding calls it. */
  readonly entity: string;
  /** The package of the extension, without what all have in front. */
  readonly extension: string;
  readonly examples: readonly SettingExample[];
}

/** Connections of Functions to a namespace: its host name in the place of the connection string. */
export function messagingConnection(of: Messaging): FunctionsConnectionMigration {
  return {
    form: 'functionsConnection',
    title: `Use an identity-based ${of.service} connection`,
    cures: of.cures,
    rewrite(fields) {
      const namespace = fullyQualifiedNamespace(fields);
      if (namespace === undefined) return { refusal: `The connection string names no ${of.service} endpoint.` };
      if (fields.has('entitypath')) {
        return {
          refusal: `EntityPath has no identity-based setting: move the ${of.entity} into the binding first, then remove EntityPath here.`,
        };
      }
      return { fullyQualifiedNamespace: namespace };
    },
    followUps: [
      {
        kind: 'checkOtherUses',
        message: `The Functions extension must be Microsoft.Azure.WebJobs.Extensions.${of.extension} 5.0 or newer (extension bundle 4.x), and code that reads this setting itself must read the new one.`,
      },
    ],
    examples: of.examples,
  };
}

/** The host name of a namespace in templates: its endpoint is `https://<host>:443/`. */
export function namespaceExpressions(
  apiVersion: string,
  terraform: TemplateExpressions['terraform'],
): TemplateExpressions {
  const within = (endpoint: string): string => `replace(replace(${endpoint}, 'https://', ''), ':443/', '')`;
  return {
    bicep: within('$.properties.serviceBusEndpoint'),
    arm: within(`reference($id, '${apiVersion}').serviceBusEndpoint`),
    terraform,
  };
}
