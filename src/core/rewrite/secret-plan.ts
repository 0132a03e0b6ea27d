import type { Node } from 'web-tree-sitter';
import type { Binding, CredentialChoice, SyntaxFile } from '../languages/syntax.ts';
import type { Service } from '../services/service.ts';
import type { Span } from '../text/text-edit.ts';
import { endpointFromConstants } from './endpoint.ts';
import { refuseConnector } from './connector.ts';
import type { Refusal } from './fix.ts';
import { refuseGuided } from './guide.ts';
import { findMatches, literalAt, traceValue } from './flow.ts';
import type { ServiceMigration } from './migrations.ts';
import { planConsumers, type Plan } from './plan.ts';
import { unknownUse, visibleOutside } from './refusals.ts';
import type { Naming } from './setting-names.ts';
import { planSetting, planSources, settingBackedBy } from './setting-plan.ts';

/** Plans the rewrite of everything in the file that takes the secret at `span`. */
export function planSecret(
  file: SyntaxFile,
  span: Span,
  migrations: readonly ServiceMigration[],
  services: readonly Service[],
  choice: CredentialChoice,
  naming: Naming = 'plain',
): Plan | Refusal {
  const literal = literalAt(file, span);
  if (literal === undefined) return { refusal: 'The text changed since the secret was found. Scan it again.' };
  const secret = file.text.slice(span.start, span.end);
  const backed = settingBackedBy(literal, file);
  if (backed !== undefined)
    return planSetting(file, backed, migrations, services, choice, { literal, secret }, undefined, naming);
  const trace = traceValue(file, copies(file, literal, secret), findMatches(file, migrations));
  const guided = refuseGuided(trace.consumers);
  if (guided !== undefined) return guided;
  if (trace.parameters.size > 0) {
    const nodes = copies(file, literal, secret);
    return planSources(file, trace, migrations, services, {
      start: literal,
      nodes,
      matches: findMatches(file, migrations),
      subject: 'the connection string',
      secret,
      choice,
      naming,
    });
  }
  const refusal =
    refuseConnector(file, trace.unknownUses, migrations) ??
    refuseUnknownUse(file, trace.unknownUses, services) ??
    refuseExported(trace.bindings);
  if (refusal !== undefined) return refusal;
  return planConsumers(file, trace.consumers, {
    start: literal,
    secret,
    secretBindings: trace.bindings,
    endpointOf: match => endpointFromConstants(match, file),
    renames: [],
    followUps: [],
    choice,
  });
}

/** Every string of the file that states the secret: a copy left behind would keep the leak. */
function copies(file: SyntaxFile, found: Node, secret: string): Node[] {
  const literals = new Map([[found.id, found]]);
  for (let at = file.text.indexOf(secret); at !== -1; at = file.text.indexOf(secret, at + secret.length)) {
    const literal = literalAt(file, { start: at, end: at + secret.length });
    if (literal !== undefined) literals.set(literal.id, literal);
  }
  return [...literals.values()];
}

function refuseUnknownUse(file: SyntaxFile, uses: readonly Node[], services: readonly Service[]): Refusal | undefined {
  const [use] = uses;
  return use && { refusal: unknownUse(file, use, services) };
}

function refuseExported(bindings: ReadonlySet<Binding>): Refusal | undefined {
  const exported = [...bindings].find(binding => binding.exposure === 'exported');
  return (
    exported && {
      refusal: visibleOutside(exported.name),
    }
  );
}
