import redis

queue = redis.Redis(
    host="contoso.redis.cache.windows.net",
    port=6380,
    password="@@identifiableKey redis@@",
    ssl=True,
)


def main():
    while True:
        _, job = queue.blpop("jobs")
        print(job.decode())


if __name__ == "__main__":
    main()
