import type { FollowUp } from '../../rewrite/fix.ts';
import type { AzureHost } from './database-address.ts';

export const mysqlHost: AzureHost = {
  pattern: /\.mysql\.database\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)\.?$/iu,
  name: 'a MySQL server in Azure',
  sovereign: /\.(?:usgovcloudapi\.net|chinacloudapi\.cn)\.?$/iu,
};

export const mysqlUser: FollowUp = {
  kind: 'checkOtherUses',
  message:
    'The user name must be that of a Microsoft Entra user of the server: sign in as its administrator and create one for the identity.',
  copyable: "SET aad_auth_validate_oids_in_tenant = OFF; CREATE AADUSER '<user>' IDENTIFIED BY '<client-id>';",
};

/** Where a connection string read at run time loses its password, the setting keeps its name. */
export const mysqlSetting = {
  name: 'DATABASE_URL',
  shortName: 'Database',
  holds: 'mysql://<user>@<server>.mysql.database.azure.com:3306/<database>',
  keepsName: true,
} as const;
