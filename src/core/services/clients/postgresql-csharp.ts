import type { ClientMigration } from '../service.ts';
import { refuseElsewhere, withoutPassword } from './database-address.ts';
import { databaseScope as scope, postgresqlHost, postgresqlUser } from './postgresql-forms.ts';

const shared = {
  language: 'csharp',
  module: 'Npgsql',
  package: 'Npgsql',
  since: '7.0.0',
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: {
    from: 'connectionString',
    derive: (_fields: ReadonlyMap<string, string>, text: string) => withoutPassword(text, postgresqlHost.pattern),
    setting: {
      name: 'AZURE_POSTGRESQL_CONNECTIONSTRING',
      shortName: 'Database',
      holds: 'Host=<server>.postgres.database.azure.com;Database=<database>;Username=<user>;SSL Mode=Require',
      keepsName: true,
    },
  },
  refuse: refuseElsewhere(postgresqlHost),
  followUps: [postgresqlUser],
  credential: 'declared',
  imports: { TokenRequestContext: 'Azure.Core', TimeSpan: 'System' },
} as const satisfies Partial<ClientMigration>;

/** Connection strings of other databases have other words. */
const azureOrPostgres = /\.postgres\.|port=5432|sslmode|ssl mode/iu;

const tokens = (credential: string): string =>
  `UsePeriodicPasswordProvider(async (_, cancellationToken) => (await ${credential}.GetTokenAsync(new TokenRequestContext(new[] { "${scope}" }), cancellationToken)).Token, TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(5))`;

const keyless = 'Host=contoso.postgres.database.azure.com;Database=orders;Username=orders-api;SSL Mode=Require';
const withPassword = (password: string): string => keyless.replace(';SSL', `;Password=${password};SSL`);

/** A data source renews the token by itself, for all connections of its pool. */
export const postgresqlCsharp: readonly ClientMigration[] = [
  {
    ...shared,
    before: 'new NpgsqlDataSourceBuilder($CS)',
    after: `new NpgsqlDataSourceBuilder($ENDPOINT).${tokens('$CREDENTIAL')}`,
    examples: [
      {
        before: s => `using System;
using Azure.Core;
using Azure.Identity;
using Npgsql;

var credential = new DefaultAzureCredential();
var builder = new NpgsqlDataSourceBuilder("${withPassword(s.password())}");
await using var dataSource = builder.Build();
`,
        after: `using System;
using Azure.Core;
using Azure.Identity;
using Npgsql;

var credential = new DefaultAzureCredential();
var builder = new NpgsqlDataSourceBuilder("${keyless}").${tokens('credential')};
await using var dataSource = builder.Build();
`,
      },
    ],
  },
  {
    ...shared,
    before: 'NpgsqlDataSource.Create($CS)',
    after: `new NpgsqlDataSourceBuilder($ENDPOINT).${tokens('$CREDENTIAL')}.Build()`,
    imports: { ...shared.imports, NpgsqlDataSourceBuilder: 'Npgsql' },
    examples: [
      {
        before: s => `using Npgsql;

namespace Contoso.Orders;

internal sealed class Database
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create("${withPassword(s.password())}");
}
`,
        after: `using System;
using Azure.Core;
using Azure.Identity;
using Npgsql;

namespace Contoso.Orders;

internal sealed class Database
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();
    private readonly NpgsqlDataSource _source = new NpgsqlDataSourceBuilder("${keyless}").${tokens('Credential')}.Build();
}
`,
      },
      {
        before: s => `using Azure.Identity;
using Npgsql;

var credential = new DefaultAzureCredential();
await using var dataSource = NpgsqlDataSource.Create("${withPassword(s.password())}");
await using var connection = await dataSource.OpenConnectionAsync();
`,
        after: `using System;
using Azure.Core;
using Azure.Identity;
using Npgsql;

var credential = new DefaultAzureCredential();
await using var dataSource = new NpgsqlDataSourceBuilder("${keyless}").${tokens('credential')}.Build();
await using var connection = await dataSource.OpenConnectionAsync();
`,
      },
    ],
  },
  {
    ...shared,
    module: 'Microsoft.EntityFrameworkCore',
    package: 'Npgsql.EntityFrameworkCore.PostgreSQL',
    since: '9.0.0',
    when: azureOrPostgres,
    before: '$BUILDER.UseNpgsql($CS)',
    after: `$BUILDER.UseNpgsql($ENDPOINT, npgsql => npgsql.ConfigureDataSource(source => source.${tokens('$CREDENTIAL')}))`,
    examples: [
      {
        before: s => `using Azure.Identity;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
var credential = new DefaultAzureCredential();
builder.Services.AddDbContext<Orders>(options => options.UseNpgsql("${withPassword(s.password())}"));
var app = builder.Build();
`,
        after: `using System;
using Azure.Core;
using Azure.Identity;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
var credential = new DefaultAzureCredential();
builder.Services.AddDbContext<Orders>(options => options.UseNpgsql("${keyless}", npgsql => npgsql.ConfigureDataSource(source => source.${tokens('credential')})));
var app = builder.Build();
`,
      },
      {
        before: s => `using Microsoft.EntityFrameworkCore;

namespace Contoso.Orders;

public sealed class OrdersContext : DbContext
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseNpgsql("${withPassword(s.password())}");
}
`,
        after: `using System;
using Azure.Core;
using Azure.Identity;
using Microsoft.EntityFrameworkCore;

namespace Contoso.Orders;

public sealed class OrdersContext : DbContext
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();

    public DbSet<Order> Orders => Set<Order>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseNpgsql("${keyless}", npgsql => npgsql.ConfigureDataSource(source => source.${tokens('Credential')}));
}
`,
      },
    ],
  },
  {
    ...shared,
    module: 'Microsoft.Extensions.DependencyInjection',
    package: 'Npgsql.DependencyInjection',
    before: '$SERVICES.AddNpgsqlDataSource($CS)',
    after: `$SERVICES.AddNpgsqlDataSource($ENDPOINT, source => source.${tokens('$CREDENTIAL')})`,
    examples: [
      {
        before: s => `using Azure.Identity;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);
var credential = new DefaultAzureCredential();
builder.Services.AddNpgsqlDataSource("${withPassword(s.password())}");
`,
        after: `using System;
using Azure.Core;
using Azure.Identity;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);
var credential = new DefaultAzureCredential();
builder.Services.AddNpgsqlDataSource("${keyless}", source => source.${tokens('credential')});
`,
      },
    ],
  },
];
