import type { StandIns } from '../../secrets/stand-ins.ts';
import type { ClientMigration } from '../service.ts';

/** A client that `AddAzureClients` of Microsoft.Extensions.Azure registers by a connection string. */
interface Registration {
  /** Package of the client. */
  readonly package: string;
  /** As in {@link ClientMigration}. */
  readonly since?: string;
  /** The call, e.g. `AddBlobServiceClient($CS)`. */
  readonly before: string;
  readonly after: string;
  readonly connectionString: (standIns: StandIns) => string;
  /** What takes the place of the connection string in the example. */
  readonly endpoint: string;
}

/** The registration by endpoint; the builder signs in for all its clients. */
export function registration(
  form: Pick<ClientMigration, 'secret' | 'endpoint'>,
  { package: own, since, before, after, connectionString, endpoint }: Registration,
): ClientMigration {
  const values = (call: string): string => call.replace('$HUB', '"telemetry"');
  const program = (usings: readonly string[], statements: readonly string[]): string =>
    [
      ...usings.map(name => `using ${name};`),
      '',
      'var builder = WebApplication.CreateBuilder(args);',
      'builder.Services.AddAzureClients(clients =>',
      '{',
      ...statements.map(statement => `    ${statement}`),
      '});',
      'builder.Build().Run();',
      '',
    ].join('\n');
  const takesUri = after.includes('new Uri(');
  return {
    ...form,
    language: 'csharp',
    module: 'Microsoft.Extensions.Azure',
    package: own,
    ...(since === undefined ? {} : { since }),
    before: `$CLIENTS.${before}`,
    after: `$CLIENTS.${after}`,
    signsInBy: 'UseCredential',
    ...(takesUri ? { imports: { Uri: 'System' } } : {}),
    examples: [
      {
        before: standIns =>
          program(
            ['Microsoft.Extensions.Azure'],
            [`clients.${values(before).replace('$CS', `"${connectionString(standIns)}"`)}.WithName("main");`],
          ),
        after: program(
          [...(takesUri ? ['System'] : []), 'Azure.Identity', 'Microsoft.Extensions.Azure'],
          [
            `clients.${values(after).replace('$ENDPOINT', `"${endpoint}"`)}.WithName("main");`,
            'clients.UseCredential(new DefaultAzureCredential());',
          ],
        ),
      },
    ],
  };
}
