import sys
from azure.identity import DefaultAzureCredential
from azure.storage.queue import QueueClient

credential = DefaultAzureCredential()


def send(queue_endpoint, text):
    QueueClient(queue_endpoint, "jobs", credential=credential).send_message(text)

def purge(queue_endpoint):
    # careful
    QueueClient(queue_endpoint, "jobs", credential=credential).clear_messages()

if __name__ == "__main__":
    queue_endpoint = "https://contosojobs.queue.core.windows.net"
    if sys.argv[1] == "purge":
        purge(queue_endpoint)
    else:
        send(queue_endpoint, sys.argv[1])
