from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI, Request


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with asyncpg.create_pool(
        host="contoso-orders.postgres.database.azure.com",
        user="orders-api",
        password="@@password@@",
        database="orders",
        ssl="require",
        min_size=1,
        max_size=10,
    ) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/orders/{customer}")
async def orders(customer: str, request: Request):
    return await request.app.state.pool.fetch("SELECT id, total FROM orders WHERE customer = $1", customer)
