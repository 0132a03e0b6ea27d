import type { ClientMigration, SettingName } from '../service.ts';
import { withSample, type Sample } from './sample-file.ts';

const setting: SettingName = {
  name: 'AZURE_MAPS_CLIENT_ID',
  shortName: 'MapsClientId',
  holds: '<client id of the Azure Maps account>',
};

/** A token says who calls, not for which account: that is told by the account's client id. */
const shared = {
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'setting', setting },
} as const satisfies Partial<ClientMigration>;

const sample: Sample = { secret: standIns => standIns.annotatedKey('AZMP') };

const pythonClients = [
  ['azure.maps.search', 'MapsSearchClient'],
  ['azure.maps.search', 'AzureMapsSearchClient'],
  ['azure.maps.route', 'MapsRouteClient'],
  ['azure.maps.render', 'MapsRenderClient'],
  ['azure.maps.geolocation', 'MapsGeolocationClient'],
  ['azure.maps.timezone', 'MapsTimeZoneClient'],
  ['azure.maps.weather', 'MapsWeatherClient'],
] as const;

const csharpClients = [
  ['Azure.Maps.Search', 'MapsSearchClient'],
  ['Azure.Maps.Routing', 'MapsRoutingClient'],
  ['Azure.Maps.Rendering', 'MapsRenderingClient'],
  ['Azure.Maps.Geolocation', 'MapsGeolocationClient'],
] as const;

const javaBuilders = [
  ['com.azure.maps.search', 'azure-maps-search', 'MapsSearchClientBuilder'],
  ['com.azure.maps.route', 'azure-maps-route', 'MapsRouteClientBuilder'],
  ['com.azure.maps.render', 'azure-maps-render', 'MapsRenderClientBuilder'],
] as const;

export const mapsClients: readonly ClientMigration[] = [
  withSample(
    {
      ...shared,
      language: 'typescript',
      module: '@azure-rest/maps-search',
      package: '@azure-rest/maps-search',
      defaultExport: true,
      before: 'MapsSearch(new AzureKeyCredential($KEY), $$$OPTIONS)',
      after: 'MapsSearch($CREDENTIAL, $SETTING, $$$OPTIONS)',
    },
    { ...sample, values: { SETTING: 'process.env.AZURE_MAPS_CLIENT_ID!' } },
  ),
  ...pythonClients.map(([module, client]) =>
    withSample(
      {
        ...shared,
        language: 'python',
        module,
        package: module.replaceAll('.', '-'),
        before: `${client}(credential=AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `${client}(credential=$CREDENTIAL, client_id=$SETTING, $$$OPTIONS)`,
      },
      {
        ...sample,
        values: { SETTING: 'environ["AZURE_MAPS_CLIENT_ID"]' },
        importsAfter: ['from os import environ'],
      },
    ),
  ),
  ...csharpClients.map(([module, client]) =>
    withSample(
      {
        ...shared,
        language: 'csharp',
        module,
        package: module,
        before: `new ${client}(credential: new AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `new ${client}(credential: $CREDENTIAL, clientId: $SETTING, $$$OPTIONS)`,
      },
      {
        ...sample,
        values: { SETTING: 'Environment.GetEnvironmentVariable("AZURE_MAPS_CLIENT_ID")' },
        importsAfter: ['using System;'],
      },
    ),
  ),
  ...javaBuilders.map(([module, name, builder]) =>
    withSample(
      {
        ...shared,
        language: 'java',
        module,
        package: `com.azure:${name}`,
        before: `new ${builder}().credential(new AzureKeyCredential($KEY)).$$$CALLS()`,
        after: `new ${builder}().credential($CREDENTIAL).mapsClientId($SETTING).$$$CALLS()`,
      },
      { ...sample, values: { SETTING: 'System.getenv("AZURE_MAPS_CLIENT_ID")' } },
    ),
  ),
];
