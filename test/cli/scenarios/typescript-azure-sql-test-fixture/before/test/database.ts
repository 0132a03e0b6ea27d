import sql from 'mssql';

/** SQL Server in a container. */
export const pool = new sql.ConnectionPool('Server=localhost,1433;Database=orders;User Id=sa;Password=@@legacyHexKey@@;TrustServerCertificate=true');
