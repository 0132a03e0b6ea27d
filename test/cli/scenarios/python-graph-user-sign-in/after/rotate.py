from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

credential = DefaultAzureCredential()
client = SecretClient(vault_url="https://contoso.vault.azure.net", credential=credential)

for properties in client.list_properties_of_secrets():
    print(properties.name, properties.expires_on)
