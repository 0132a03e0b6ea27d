"""Closes what is older than a month."""

import psycopg


def connect():
    return psycopg.connect(
        "host=contoso.postgres.database.azure.com dbname=orders user=nightly password=@@password@@ sslmode=require",
        autocommit=True,
    )


def main():
    with connect() as connection:
        connection.execute("UPDATE orders SET closed = now() WHERE created < now() - interval '1 month'")


if __name__ == "__main__":
    main()
