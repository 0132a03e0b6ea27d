import sys
from azure.storage.queue import QueueClient

def send(conn, text):
    QueueClient.from_connection_string(conn, "jobs").send_message(text)

def purge(conn):
    # careful
    QueueClient.from_connection_string(conn, "jobs").clear_messages()

if __name__ == "__main__":
    cs = "DefaultEndpointsProtocol=https;AccountName=contosojobs;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net"
    if sys.argv[1] == "purge":
        purge(cs)
    else:
        send(cs, sys.argv[1])
