import sql from 'mssql';

const config: sql.config = {
  server: 'contoso.database.windows.net',
  database: 'orders',
  user: 'orders',
  password: '@@password@@',
  options: { encrypt: true },
};

export const pool = new sql.ConnectionPool(config);
