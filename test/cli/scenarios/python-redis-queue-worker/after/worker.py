import redis
from redis_entraid.cred_provider import create_from_default_azure_credential

queue = redis.Redis(
    host="contoso.redis.cache.windows.net",
    port=6380,
    credential_provider=create_from_default_azure_credential(("https://redis.azure.com/.default",)),
    ssl=True,
)


def main():
    while True:
        _, job = queue.blpop("jobs")
        print(job.decode())


if __name__ == "__main__":
    main()
