import asyncio
import os
from azure.eventhub.aio import EventHubConsumerClient
from azure.eventhub.extensions.checkpointstoreblobaio import BlobCheckpointStore

async def on_event(ctx, event):
    await ctx.update_checkpoint(event)

async def main():
    store = BlobCheckpointStore.from_connection_string(os.environ["CLICKS_CHECKPOINT_CONNECTION"], "checkpoints")
    client = EventHubConsumerClient.from_connection_string(
        os.environ["CLICKS_EVENTHUB_CONNECTION"],
        consumer_group="$Default",
        eventhub_name="clicks",  # see the wiki
        checkpoint_store=store,
    )
    async with client:
        await client.receive(on_event)

asyncio.run(main())
