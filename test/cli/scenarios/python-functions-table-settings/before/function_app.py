import json
import logging

import azure.functions as func
from azure.data.tables import TableServiceClient

app = func.FunctionApp()

tables = TableServiceClient.from_connection_string(
    conn_str="DefaultEndpointsProtocol=https;AccountName=contosoorders;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net",
)


@app.route(route="orders/{number}", auth_level=func.AuthLevel.FUNCTION)
def order(req: func.HttpRequest) -> func.HttpResponse:
    number = req.route_params["number"]
    logging.info("order %s", number)
    entity = tables.get_table_client("orders").get_entity("2026", number)
    return func.HttpResponse(json.dumps(dict(entity)), mimetype="application/json")
