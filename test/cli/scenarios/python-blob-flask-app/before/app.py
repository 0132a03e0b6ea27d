"""Photos of all shops."""
import os

from azure.storage.blob import BlobServiceClient, ContentSettings
from flask import Flask, request

ACCOUNT = "contosophotos"
ACCOUNT_KEY = "@@storageAccountKey@@"

app = Flask(__name__)
service = BlobServiceClient(f"https://{ACCOUNT}.blob.core.windows.net", credential=ACCOUNT_KEY)
photos = service.get_container_client(os.environ.get("CONTAINER", "photos"))


@app.put("/<name>")
def upload(name: str):
    settings = ContentSettings(content_type=request.content_type)
    photos.upload_blob(name, request.stream, overwrite=True, content_settings=settings)
    return "", 201


@app.get("/")
def index():
    return [blob.name for blob in photos.list_blobs()]
