"""Closes what is older than a month."""

import psycopg
from azure.identity import DefaultAzureCredential


credential = DefaultAzureCredential()


def connect():
    return psycopg.connect(
        "host=contoso.postgres.database.azure.com dbname=orders user=nightly sslmode=require",
        autocommit=True,
        password=credential.get_token("https://ossrdbms-aad.database.windows.net/.default").token,
    )


def main():
    with connect() as connection:
        connection.execute("UPDATE orders SET closed = now() WHERE created < now() - interval '1 month'")


if __name__ == "__main__":
    main()
