import asyncio
import os
from azure.eventhub.aio import EventHubConsumerClient
from azure.eventhub.extensions.checkpointstoreblobaio import BlobCheckpointStore
from azure.identity.aio import DefaultAzureCredential

async def on_event(ctx, event):
    await ctx.update_checkpoint(event)

async def main():
    credential = DefaultAzureCredential()
    store = BlobCheckpointStore(os.environ["AZURE_STORAGE_BLOB_ENDPOINT"], "checkpoints", credential=credential)
    client = EventHubConsumerClient(
        os.environ["AZURE_EVENTHUB_FULLY_QUALIFIED_NAMESPACE"],
        consumer_group="$Default",
        eventhub_name="clicks",  # see the wiki
        checkpoint_store=store,
        credential=credential,
    )
    async with client:
        await client.receive(on_event)

asyncio.run(main())
