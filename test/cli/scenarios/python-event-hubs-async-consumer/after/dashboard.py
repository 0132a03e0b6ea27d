import asyncio

from azure.eventhub.aio import EventHubConsumerClient
from azure.eventhub.extensions.checkpointstoreblobaio import BlobCheckpointStore
from azure.identity.aio import DefaultAzureCredential


async def on_event(partition_context, event):
    print(partition_context.partition_id, event.body_as_str())
    await partition_context.update_checkpoint(event)


async def main() -> None:
    credential = DefaultAzureCredential()
    store = BlobCheckpointStore("https://contosotelemetry.blob.core.windows.net", "checkpoints", credential=credential)
    client = EventHubConsumerClient(
        "contoso-telemetry.servicebus.windows.net",
        consumer_group="$Default",
        eventhub_name="readings",
        checkpoint_store=store,
        credential=credential,
    )
    async with client:
        await client.receive(on_event=on_event, starting_position="-1")


asyncio.run(main())
