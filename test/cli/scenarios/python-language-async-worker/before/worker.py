import asyncio

from azure.ai.textanalytics.aio import TextAnalyticsClient
from azure.core.credentials import AzureKeyCredential


class Moods:
    """Tells the mood of messages."""

    def __init__(self) -> None:
        self._client = TextAnalyticsClient(
            "https://contoso-words.cognitiveservices.azure.com",
            AzureKeyCredential("@@annotatedKey ACOG@@"),
        )

    async def of(self, texts: list[str]) -> list[str]:
        results = await self._client.analyze_sentiment(texts)
        return [result.sentiment for result in results if not result.is_error]


if __name__ == "__main__":
    print(asyncio.run(Moods().of(["Lovely!"])))
