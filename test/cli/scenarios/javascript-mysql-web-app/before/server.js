const http = require('node:http');
const mysql = require('mysql2/promise');

const pool = mysql.createPool({
  host: 'contoso-shop.mysql.database.azure.com',
  user: 'shop',
  password: '@@password@@',
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
