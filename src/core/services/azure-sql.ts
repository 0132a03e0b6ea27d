import type { CredentialFormat, Service, SettingMigration } from './service.ts';

const credentials: readonly CredentialFormat[] = [];

const settings: readonly SettingMigration[] = [];

export const azureSql: Service = {
  id: 'azure-sql',
  name: 'Azure SQL Database',
  documentation: 'https://learn.microsoft.com/azure/azure-sql/database/azure-sql-passwordless-migration',
  credentials,
  settings,
  operations: [],
  roles: [
    { name: 'db_datareader', id: '', grants: 'reads every table of the database', plane: 'database' },
    { name: 'db_datawriter', id: '', grants: 'writes every table of the database', plane: 'database' },
  ],
  keysOff: {
    resourceType: 'Microsoft.Sql/servers/azureADOnlyAuthentications',
    property: 'azureADOnlyAuthentication',
    value: true,
    terraform: {
      resource: 'azurerm_mssql_server',
      property: 'azuread_administrator.azuread_authentication_only',
      value: true,
    },
  },
  clients: [],
};
