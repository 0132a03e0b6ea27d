from datetime import date

from azure.identity import DefaultAzureCredential
from azure.storage.filedatalake import DataLakeServiceClient

lake = DataLakeServiceClient('https://contosolake.dfs.core.windows.net', credential=DefaultAzureCredential())


def ingest(rows: list[str]) -> None:
    directory = lake.get_file_system_client('raw').get_directory_client(f'{date.today():%Y/%m/%d}')
    directory.create_directory()
    directory.create_file('sales.csv').upload_data('\n'.join(rows), overwrite=True)
