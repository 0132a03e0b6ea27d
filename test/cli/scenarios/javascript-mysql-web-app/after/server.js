const http = require('node:http');
const { DefaultAzureCredential } = require('@azure/identity');
const mysql = require('mysql2/promise');

const credential = new DefaultAzureCredential();

const pool = mysql.createPool({
  host: 'contoso-shop.mysql.database.azure.com',
  user: 'shop',
  authPlugins: { mysql_clear_password: () => async () => Buffer.from(`${(await credential.getToken('https://ossrdbms-aad.database.windows.net/.default')).token}\0`) },
  database: 'shop',
  ssl: { minVersion: 'TLSv1.2' },
  connectionLimit: 5,
});

http
  .createServer(async (request, response) => {
    const [products] = await pool.query('SELECT name FROM products');
    response.end(JSON.stringify(products));
  })
  .listen(8080);
