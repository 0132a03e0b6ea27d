import type { FollowUp } from '../../rewrite/fix.ts';
import type { AzureHost } from './database-address.ts';

/** Open-source databases of Azure share one audience. */
export const databaseScope = 'https://ossrdbms-aad.database.windows.net/.default';

export const postgresqlHost: AzureHost = {
  pattern: /\.postgres\.database\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)\.?$/iu,
  name: 'a PostgreSQL server in Azure',
  sovereign: /\.(?:usgovcloudapi\.net|chinacloudapi\.cn)\.?$/iu,
};

export const postgresqlUser: FollowUp = {
  kind: 'checkOtherUses',
  message:
    'The user name must be that of a Microsoft Entra role: take the identity’s, or mark the role that the code signs in as.',
  copyable: `SECURITY LABEL FOR "pgaadauth" ON ROLE "<user>" IS 'aadauth,oid=<object-id-of-the-identity>,type=service';`,
};
