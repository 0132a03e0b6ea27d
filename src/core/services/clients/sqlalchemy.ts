import type { ClientMigration } from '../service.ts';
import { refuseElsewhere, withoutPassword, type AzureHost } from './database-address.ts';
import { databaseScope as scope } from './postgresql-forms.ts';

interface Dialect {
  /** How addresses of its drivers begin, and the scheme of one. */
  readonly drivers: readonly [scheme: RegExp, example: string];
  /** The same for engines whose driver is asynchronous. */
  readonly asyncDrivers?: readonly [scheme: RegExp, example: string];
  readonly host: AzureHost;
  readonly followUps: NonNullable<ClientMigration['followUps']>;
  /** What the driver needs besides the password, as a statement of Python. */
  readonly besides?: string;
  readonly address: (scheme: string, user: string) => string;
}

/** SQLAlchemy opens connections later on, and asks its listeners before each. */
export function sqlalchemyEngines(dialect: Dialect): readonly ClientMigration[] {
  const { drivers, asyncDrivers, host, followUps, besides, address } = dialect;
  const elsewhere = refuseElsewhere(host);
  const listener = (engine: string, credential: string, name: string): string =>
    [
      `@event.listens_for(${engine}, "do_connect")`,
      `def ${name}(dialect, connection_record, arguments, parameters):`,
      `    parameters["password"] = ${credential}.get_token("${scope}").token`,
      ...(besides === undefined ? [] : [`    ${besides}`]),
    ].join('\n');
  return (
    [
      ['create_engine', 'sqlalchemy', '', drivers],
      ['create_async_engine', 'sqlalchemy.ext.asyncio', '.sync_engine', asyncDrivers],
    ] as const
  ).flatMap(([construct, module, engine, driver]): ClientMigration[] => {
    if (driver === undefined) return [];
    const [schemes, example] = driver;
    const imports = (names: string): string =>
      module === 'sqlalchemy'
        ? `from sqlalchemy import ${names}`
        : `${names.includes('event') ? 'from sqlalchemy import event\n' : ''}from ${module} import ${construct}`;
    return [
      {
        language: 'python',
        before: `${construct}(url=$CS, $$$OPTIONS)`,
        after: `${construct}(url=$ENDPOINT, $$$OPTIONS)`,
        behind: {
          text: listener(`$SELF${engine}`, '$CREDENTIAL', '$FUNCTION'),
          functions: ['provide_token', 'provide_database_token', 'provide_other_token'],
          mark: `listens_for($SELF${engine}, "do_connect")`,
        },
        module,
        package: 'SQLAlchemy',
        secret: { capture: 'CS', form: 'connectionString' },
        onlyWhen: constants => schemes.test(constants.get('CS') ?? ''),
        endpoint: {
          from: 'connectionString',
          derive: (_fields, text) => withoutPassword(text, host.pattern),
          setting: {
            name: 'DATABASE_URL',
            shortName: 'Database',
            holds: address(example, '<user>'),
            keepsName: true,
          },
        },
        imports: { event: 'sqlalchemy' },
        credential: 'declared',
        refuse(constants, given) {
          const own = ['creator', 'async_creator'].find(name => given.has(name));
          return own === undefined
            ? elsewhere(constants)
            : `The engine opens connections with a function of its own (${own}). Ask for a token there.`;
        },
        followUps,
        examples: [
          {
            before: s => `${imports(construct)}

engine = ${construct}("${address(example, `orders-api:${s.password()}`)}", pool_pre_ping=True)


def count():
    return engine
`,
            after: `from azure.identity import DefaultAzureCredential
${imports(`${construct}, event`)}

credential = DefaultAzureCredential()

engine = ${construct}("${address(example, 'orders-api')}", pool_pre_ping=True)


${listener(`engine${engine}`, 'credential', 'provide_token')}


def count():
    return engine
`,
          },
          {
            before: s => `${imports(construct)}

URL = "${address(example, `orders-api:${s.password()}`)}"


def make_engine():
    # One for the process.
    return ${construct}(
        URL,
        pool_size=10,
    )
`,
            after: `from azure.identity import DefaultAzureCredential
${imports(`${construct}, event`)}

credential = DefaultAzureCredential()


def make_engine():
    # One for the process.
    engine = ${construct}(
        "${address(example, 'orders-api')}",
        pool_size=10,
    )

${listener(`engine${engine}`, 'credential', 'provide_token').replaceAll(/^/gmu, '    ')}

    return engine
`,
          },
        ],
      },
    ];
  });
}
