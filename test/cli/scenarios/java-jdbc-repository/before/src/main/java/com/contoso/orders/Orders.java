package com.contoso.orders;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

final class Orders {
    private static final String URL = "jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?sslmode=require";
    private static final String USER = "orders-api";
    private static final String PASSWORD = "@@password@@";

    private Orders() {
    }

    static int count() throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL, USER, PASSWORD);
                ResultSet found = connection.createStatement().executeQuery("SELECT count(*) FROM orders")) {
            found.next();
            return found.getInt(1);
        }
    }
}
