import os

from azure.identity import DefaultAzureCredential
from sqlalchemy import event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

credential = DefaultAzureCredential()

SHOP_DATABASE_URL = os.environ["SHOP_DATABASE_URL"]

engine = create_async_engine(SHOP_DATABASE_URL, echo=False, pool_size=5)


@event.listens_for(engine.sync_engine, "do_connect")
def provide_token(dialect, connection_record, arguments, parameters):
    parameters["password"] = credential.get_token("https://ossrdbms-aad.database.windows.net/.default").token


Session = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass
