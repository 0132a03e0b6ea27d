const { Sequelize } = require('sequelize');

const sequelize = new Sequelize('orders', 'app', '@@password@@', {
  host: 'contoso.postgres.database.azure.com',
  dialect: 'postgres',
  dialectOptions: { ssl: { require: true, rejectUnauthorized: false } },
  logging: false,
});

module.exports = sequelize;
