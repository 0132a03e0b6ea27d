const { DefaultAzureCredential } = require('@azure/identity');
const { Sequelize } = require('sequelize');

const credential = new DefaultAzureCredential();

const sequelize = new Sequelize('orders', 'app', undefined, {
  hooks: { beforeConnect: async config => { config.password = (await credential.getToken('https://ossrdbms-aad.database.windows.net/.default')).token; } },
  host: 'contoso.postgres.database.azure.com',
  dialect: 'postgres',
  dialectOptions: { ssl: { require: true, rejectUnauthorized: false } },
  logging: false,
});

module.exports = sequelize;
