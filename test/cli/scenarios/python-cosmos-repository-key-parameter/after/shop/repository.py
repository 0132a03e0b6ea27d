from dataclasses import dataclass, field
from azure.cosmos import CosmosClient
from azure.identity import DefaultAzureCredential
import os


@dataclass
class CosmosSettings:
    url: str
    key: str
    database: str = "shop"


class OrderRepository:
    """Orders in Cosmos DB."""

    def __init__(self, url: str, database: str = "shop") -> None:
        self._client = CosmosClient(url, credential=DefaultAzureCredential())
        self._container = self._client.get_database_client(database).get_container_client("orders")

    def all(self):
        return list(self._container.read_all_items())


def main() -> None:
    repo = OrderRepository(os.environ["ORDERS_COSMOS_URL"])
    print(len(repo.all()))


if __name__ == "__main__":
    main()
