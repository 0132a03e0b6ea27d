import argparse

from azure.batch import BatchClient, models
from azure.core.credentials import AzureNamedKeyCredential

ACCOUNT = "contosorender"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--job", required=True)
    parser.add_argument("--frames", type=int, default=24)
    arguments = parser.parse_args()
    client = BatchClient(
        endpoint=f"https://{ACCOUNT}.westeurope.batch.azure.com",
        credential=AzureNamedKeyCredential(ACCOUNT, "@@identifiableKey batch@@"),
    )
    for frame in range(arguments.frames):
        task = models.BatchTaskCreateOptions(id=f"frame-{frame}", command_line=f"render {frame}")
        client.create_task(arguments.job, task)


if __name__ == "__main__":
    main()
