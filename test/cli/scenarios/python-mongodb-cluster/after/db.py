from azure.identity import DefaultAzureCredential
from pymongo import MongoClient
from pymongo.auth_oidc import OIDCCallback, OIDCCallbackResult

credential = DefaultAzureCredential()


class AzureToken(OIDCCallback):
    def fetch(self, context):
        return OIDCCallbackResult(access_token=credential.get_token("https://ossrdbms-aad.database.windows.net/.default").token)


client = MongoClient("mongodb+srv://contoso.mongocluster.cosmos.azure.com/?tls=true&retrywrites=false&maxIdleTimeMS=120000", authMechanism="MONGODB-OIDC", authMechanismProperties={"OIDC_CALLBACK": AzureToken()})
db = client.orders
