"""Chat behind an HTTP API."""

from azure.identity.aio import DefaultAzureCredential, get_bearer_token_provider
from fastapi import FastAPI
from openai import AsyncAzureOpenAI

app = FastAPI()
client = AsyncAzureOpenAI(
    azure_endpoint="https://contoso-desk.openai.azure.com",
    azure_ad_token_provider=get_bearer_token_provider(DefaultAzureCredential(), "https://cognitiveservices.azure.com/.default"),
    api_version="2024-10-21",
)


@app.post("/chat")
async def chat(text: str) -> str:
    reply = await client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": text}],
    )
    return reply.choices[0].message.content or ""
