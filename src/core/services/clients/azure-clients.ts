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
  const values = (call: string): string => call.replace('$HUB', '"telemetry"').replace('$GROUP', '"dashboard"');
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

/** A client that `AddAzureClients` registers by its endpoint and a key. */
interface KeyRegistration {
  readonly package: string;
  /** E.g. `AddSearchClient`. */
  readonly method: string;
  /** Endpoint of the example. */
  readonly endpoint: string;
  /** What stands between endpoint and key, e.g. `$INDEX`, and how the example writes it. */
  readonly place?: readonly [capture: string, written: string];
  /** The key's credential; `AzureKeyCredential` by default. */
  readonly credential?: { readonly type: string; readonly module: string };
  readonly key: (standIns: StandIns) => string;
}

/** The same registration without its key; the builder signs in for all its clients. */
export function keyRegistration(
  form: Pick<ClientMigration, 'secret' | 'endpoint' | 'refuse'>,
  { package: own, method, endpoint, place, credential, key }: KeyRegistration,
): ClientMigration {
  const { type, module } = credential ?? { type: 'AzureKeyCredential', module: 'Azure' };
  const account = credential === undefined ? '' : '$ACCOUNT, ';
  const [capture, written] = place ?? ['', ''];
  const between = capture === '' ? '' : `, ${capture}`;
  const url = `new Uri("${endpoint}")`;
  const example = `clients.${method}(${url}${written === '' ? '' : `, ${written}`}`;
  return {
    ...form,
    language: 'csharp',
    module: 'Microsoft.Extensions.Azure',
    package: own,
    before: `$CLIENTS.${method}($URL${between}, new ${type}(${account}$KEY))`,
    after: `$CLIENTS.${method}($URL${between})`,
    signsInBy: 'UseCredential',
    examples: [
      {
        before: standIns =>
          program(
            ['System', module, 'Microsoft.Extensions.Azure'],
            [`${example}, new ${type}(${account === '' ? '' : '"contoso", '}"${key(standIns)}"));`],
          ),
        // Other names of the namespace may be in use.
        after: program(
          ['System', ...[module, 'Azure.Identity'].sort(), 'Microsoft.Extensions.Azure'],
          [`${example});`, 'clients.UseCredential(new DefaultAzureCredential());'],
        ),
      },
    ],
  };
}

function program(usings: readonly string[], statements: readonly string[]): string {
  return [
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
}
