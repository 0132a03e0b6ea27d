"""Takes orders off the queue."""

import logging

from azure.identity import DefaultAzureCredential
from azure.storage.queue import QueueClient


def receive(queue: QueueClient) -> None:
    for message in queue.receive_messages():
        logging.info("Order %s", message.id)
        queue.delete_message(message)


if __name__ == "__main__":
    receive(QueueClient("https://contosoorders.queue.core.windows.net", "orders", credential=DefaultAzureCredential()))
