from __future__ import annotations

from azure.cosmos.aio import CosmosClient
from azure.identity.aio import DefaultAzureCredential

ENDPOINT = "https://contoso-catalog.documents.azure.com:443/"


class Products:
    """Products by category."""

    def __init__(self) -> None:
        self._client = CosmosClient(ENDPOINT, credential=DefaultAzureCredential())
        self._items = self._client.get_database_client("catalog").get_container_client("products")

    async def of(self, category: str) -> list[dict]:
        query = "SELECT * FROM c WHERE c.category = @category"
        parameters = [{"name": "@category", "value": category}]
        return [item async for item in self._items.query_items(query, parameters=parameters)]

    async def close(self) -> None:
        await self._client.close()
