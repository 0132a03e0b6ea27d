package com.contoso.orders;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
class OrderRepository {
    private final JdbcTemplate jdbc;

    OrderRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Integer count() {
        return jdbc.queryForObject("SELECT count(*) FROM orders", Integer.class);
    }
}
