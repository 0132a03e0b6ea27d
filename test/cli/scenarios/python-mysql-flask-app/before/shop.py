import pymysql
from flask import Flask, g

app = Flask(__name__)


def database():
    """The connection of this request."""
    if "database" not in g:
        g.database = pymysql.connect(
            host="contoso-shop.mysql.database.azure.com",
            user="shop",
            password="@@password@@",
            database="shop",
            ssl_ca="/etc/ssl/certs/ca-certificates.crt",
        )
    return g.database


@app.get("/products")
def products():
    with database().cursor() as cursor:
        cursor.execute("SELECT name FROM products")
        return [name for (name,) in cursor.fetchall()]
