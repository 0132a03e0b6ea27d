import type { StandIns } from '../../secrets/stand-ins.ts';
import type { ClientMigration, SettingName } from '../service.ts';
import { withSample } from './sample-file.ts';

const setting: SettingName = {
  name: 'AZURE_SIGNALR_ENDPOINT',
  shortName: 'SignalREndpoint',
  holds: 'https://<resource>.service.signalr.net',
};

/** An endpoint of its own for clients or servers, or a port, has no place in the short form. */
function derive(fields: ReadonlyMap<string, string>): string | undefined {
  const special = ['clientendpoint', 'serverendpoint', 'port'].some(name => fields.has(name));
  return special ? undefined : fields.get('endpoint');
}

const csharp = {
  language: 'csharp',
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: { from: 'connectionString', derive, setting },
  since: '1.10.0',
} as const;

const server = { ...csharp, module: 'Microsoft.Azure.SignalR', package: 'Microsoft.Azure.SignalR' } as const;
const imports = { ServiceEndpoint: 'Microsoft.Azure.SignalR', Uri: 'System' } as const;
const created = 'new[] { new ServiceEndpoint(new Uri($ENDPOINT), $CREDENTIAL) }';

const endpoint = 'https://contoso-chat.service.signalr.net';

const connectionString = (standIns: StandIns): string =>
  `Endpoint=${endpoint};AccessKey=${standIns.legacyKey32()};Version=1.0;`;

const written = `new[] { new ServiceEndpoint(new Uri("${endpoint}"), new DefaultAzureCredential()) }`;

function startUp(registration: string, usings: readonly string[]): string {
  return `${usings.map(name => `using ${name};\n`).join('')}
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSignalR()${registration};

var app = builder.Build();
Console.WriteLine(app.Environment.EnvironmentName);
app.MapHub<ChatHub>("/chat");
app.Run();
`;
}

export const signalRClients: readonly ClientMigration[] = [
  {
    ...server,
    before: '$SIGNALR.AddAzureSignalR($CS)',
    after: `$SIGNALR.AddAzureSignalR(options => options.Endpoints = ${created})`,
    text: ['CS'],
    imports,
    examples: [
      {
        before: standIns =>
          startUp(`.AddAzureSignalR("${connectionString(standIns)}")`, [
            'Contoso.Chat',
            'Microsoft.AspNetCore.SignalR',
          ]),
        after: startUp(`.AddAzureSignalR(options => options.Endpoints = ${written})`, [
          'Azure.Identity',
          'Contoso.Chat',
          'Microsoft.AspNetCore.SignalR',
          'Microsoft.Azure.SignalR',
        ]),
      },
      {
        cursor: 'Azure:SignalR:Primary',
        before: () => `using Microsoft.Azure.SignalR;

public class Startup
{
    private readonly IConfiguration _configuration;

    public Startup(IConfiguration configuration) => _configuration = configuration;

    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSignalR()
            .AddJsonProtocol()
            .AddAzureSignalR(_configuration["Azure:SignalR:Primary"]);
    }
}
`,
        after: `using System;
using Azure.Identity;
using Microsoft.Azure.SignalR;

public class Startup
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();
    private readonly IConfiguration _configuration;

    public Startup(IConfiguration configuration) => _configuration = configuration;

    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSignalR()
            .AddJsonProtocol()
            .AddAzureSignalR(options => options.Endpoints = new[] { new ServiceEndpoint(new Uri(_configuration["Azure:SignalR:SignalREndpoint"]), Credential) });
    }
}
`,
      },
    ],
  },
  {
    ...server,
    before: '$SIGNALR.AddAzureSignalR($OPTIONS => $OPTIONS.ConnectionString = $CS)',
    after: `$SIGNALR.AddAzureSignalR($OPTIONS => $OPTIONS.Endpoints = ${created})`,
    imports,
    examples: [
      {
        before: standIns =>
          startUp(`.AddAzureSignalR(o => o.ConnectionString = "${connectionString(standIns)}")`, ['Contoso.Chat']),
        after: startUp(`.AddAzureSignalR(o => o.Endpoints = ${written})`, [
          'Azure.Identity',
          'Contoso.Chat',
          'Microsoft.Azure.SignalR',
        ]),
      },
    ],
  },
  {
    ...server,
    // The two constructors call the type of endpoint differently.
    before: 'new ServiceEndpoint(connectionString: $CS, type: $TYPE, $$$OPTIONS)',
    after:
      'new ServiceEndpoint(endpoint: new Uri($ENDPOINT), credential: $CREDENTIAL, endpointType: $TYPE, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `using Microsoft.Azure.SignalR;

var east = new ServiceEndpoint("${connectionString(standIns)}", type: EndpointType.Secondary, name: "east");
`,
        after: `using System;
using Azure.Identity;
using Microsoft.Azure.SignalR;

var east = new ServiceEndpoint(new Uri("${endpoint}"), credential: new DefaultAzureCredential(), endpointType: EndpointType.Secondary, name: "east");
`,
      },
    ],
  },
  withSample(
    {
      ...server,
      before: 'new ServiceEndpoint(connectionString: $CS, $$$OPTIONS)',
      after: 'new ServiceEndpoint(endpoint: new Uri($ENDPOINT), credential: $CREDENTIAL, $$$OPTIONS)',
      imports: { Uri: 'System' },
    },
    { secret: connectionString, endpoint },
  ),
  {
    ...csharp,
    module: 'Microsoft.Azure.SignalR.Management',
    package: 'Microsoft.Azure.SignalR.Management',
    before: '$BUILDER.WithOptions($OPTIONS => $OPTIONS.ConnectionString = $CS)',
    after: `$BUILDER.WithOptions($OPTIONS => $OPTIONS.ServiceEndpoints = ${created})`,
    imports,
    examples: [
      {
        before: standIns => `using Microsoft.Azure.SignalR.Management;

namespace Contoso.Chat;

internal sealed class Notifier
{
    private readonly ServiceManager _manager;

    public Notifier()
    {
        _manager = new ServiceManagerBuilder()
            .WithOptions(option => option.ConnectionString = "${connectionString(standIns)}")
            .BuildServiceManager();
    }
}
`,
        after: `using System;
using Azure.Identity;
using Microsoft.Azure.SignalR;
using Microsoft.Azure.SignalR.Management;

namespace Contoso.Chat;

internal sealed class Notifier
{
    private readonly ServiceManager _manager;

    public Notifier()
    {
        _manager = new ServiceManagerBuilder()
            .WithOptions(option => option.ServiceEndpoints = ${written})
            .BuildServiceManager();
    }
}
`,
      },
    ],
  },
];
