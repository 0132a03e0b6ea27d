import sql from 'mssql';

const config: sql.config = {
  server: 'contoso.database.windows.net',
  database: 'orders',
  authentication: { type: 'azure-active-directory-default', options: {} },
  options: { encrypt: true },
};

export const pool = new sql.ConnectionPool(config);
