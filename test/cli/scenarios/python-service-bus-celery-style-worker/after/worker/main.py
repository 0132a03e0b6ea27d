import signal

from azure.identity import DefaultAzureCredential
from azure.servicebus import ServiceBusClient, ServiceBusReceivedMessage

from worker import settings


class Worker:
    def __init__(self) -> None:
        self._client = ServiceBusClient("contoso-invoices.servicebus.windows.net", logging_enable=True, credential=DefaultAzureCredential())
        self._running = True
        signal.signal(signal.SIGTERM, self.stop)

    def stop(self, *_args: object) -> None:
        self._running = False

    def handle(self, message: ServiceBusReceivedMessage) -> None:
        print(str(message))

    def run(self) -> None:
        with self._client, self._client.get_queue_receiver(settings.QUEUE) as receiver:
            while self._running:
                for message in receiver.receive_messages(max_message_count=settings.BATCH, max_wait_time=5):
                    self.handle(message)
                    receiver.complete_message(message)


if __name__ == "__main__":
    Worker().run()
