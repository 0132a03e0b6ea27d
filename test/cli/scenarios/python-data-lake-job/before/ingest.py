from datetime import date

from azure.storage.filedatalake import DataLakeServiceClient

lake = DataLakeServiceClient.from_connection_string('DefaultEndpointsProtocol=https;AccountName=contosolake;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net')


def ingest(rows: list[str]) -> None:
    directory = lake.get_file_system_client('raw').get_directory_client(f'{date.today():%Y/%m/%d}')
    directory.create_directory()
    directory.create_file('sales.csv').upload_data('\n'.join(rows), overwrite=True)
