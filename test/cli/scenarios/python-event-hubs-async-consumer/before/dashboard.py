import asyncio

from azure.eventhub.aio import EventHubConsumerClient
from azure.eventhub.extensions.checkpointstoreblobaio import BlobCheckpointStore

STORAGE = "DefaultEndpointsProtocol=https;AccountName=contosotelemetry;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net"
HUB = "Endpoint=sb://contoso-telemetry.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=@@identifiableKey eventHubs@@"


async def on_event(partition_context, event):
    print(partition_context.partition_id, event.body_as_str())
    await partition_context.update_checkpoint(event)


async def main() -> None:
    store = BlobCheckpointStore.from_connection_string(STORAGE, "checkpoints")
    client = EventHubConsumerClient.from_connection_string(
        HUB,
        "$Default",
        eventhub_name="readings",
        checkpoint_store=store,
    )
    async with client:
        await client.receive(on_event=on_event, starting_position="-1")


asyncio.run(main())
