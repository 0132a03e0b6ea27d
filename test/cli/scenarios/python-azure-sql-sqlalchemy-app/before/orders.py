import os

from sqlalchemy import create_engine, text

engine = create_engine(os.environ["DATABASE_URL"], pool_pre_ping=True)


def count_orders():
    with engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM orders"))
