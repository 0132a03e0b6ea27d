import os

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

SHOP_DATABASE_URL = os.environ["SHOP_DATABASE_URL"]

engine = create_async_engine(SHOP_DATABASE_URL, echo=False, pool_size=5)
Session = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass
