"""Takes orders off the queue."""

import logging

from azure.storage.queue import QueueClient


def connection_string() -> str:
    return "DefaultEndpointsProtocol=https;AccountName=contosoorders;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net"


def receive(queue: QueueClient) -> None:
    for message in queue.receive_messages():
        logging.info("Order %s", message.id)
        queue.delete_message(message)


if __name__ == "__main__":
    receive(QueueClient.from_connection_string(connection_string(), "orders"))
