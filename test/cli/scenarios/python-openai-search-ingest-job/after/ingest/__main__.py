import json
import sys

from azure.identity import DefaultAzureCredential, get_bearer_token_provider
from azure.search.documents import SearchClient
from azure.search.documents.indexes import SearchIndexClient
from openai import OpenAI

credential = DefaultAzureCredential()

SEARCH_ENDPOINT = "https://contoso-help.search.windows.net"
OPENAI_ENDPOINT = "https://contoso-help.openai.azure.com"

indexes = SearchIndexClient(SEARCH_ENDPOINT, credential)
passages = SearchClient(SEARCH_ENDPOINT, index_name="passages", credential=credential)
model = OpenAI(base_url=f"{OPENAI_ENDPOINT}/openai/v1/", api_key=get_bearer_token_provider(credential, "https://cognitiveservices.azure.com/.default"))


def embed(text: str) -> list[float]:
    return model.embeddings.create(model="text-embedding-3-small", input=text).data[0].embedding


def main() -> None:
    if "passages" not in indexes.list_index_names():
        sys.exit("create the index first")
    for line in sys.stdin:
        passage = json.loads(line)
        passages.upload_documents([{**passage, "vector": embed(passage["text"])}])


if __name__ == "__main__":
    main()
