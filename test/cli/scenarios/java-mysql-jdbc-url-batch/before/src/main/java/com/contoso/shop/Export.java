package com.contoso.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

public final class Export {
    private static final String URL =
        "jdbc:mysql://contoso-shop.mysql.database.azure.com:3306/shop?user=export&password=@@password@@&sslMode=REQUIRED";

    private Export() {
    }

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL)) {
            connection.createStatement().execute("CALL export_orders()");
        }
    }
}
