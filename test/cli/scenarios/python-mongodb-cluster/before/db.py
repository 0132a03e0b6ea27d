from pymongo import MongoClient

client = MongoClient("mongodb+srv://app:@@password@@@contoso.mongocluster.cosmos.azure.com/?tls=true&authMechanism=SCRAM-SHA-256&retrywrites=false&maxIdleTimeMS=120000")
db = client.orders
