import signal

from azure.servicebus import ServiceBusClient, ServiceBusReceivedMessage

from worker import settings

_CONNECTION = (
    "Endpoint=sb://contoso-invoices.servicebus.windows.net/;"
    "SharedAccessKeyName=listen;"
    "SharedAccessKey=@@serviceBusKey@@"
)


class Worker:
    def __init__(self) -> None:
        self._client = ServiceBusClient.from_connection_string(_CONNECTION, logging_enable=True)
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
