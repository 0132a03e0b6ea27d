from azure.identity import UsernamePasswordCredential
from azure.keyvault.secrets import SecretClient

credential = UsernamePasswordCredential(
    client_id="b331f0df-8cd2-4a27-acc3-a2655a936b14",
    username="automation@contoso.com",
    password="@@password@@",
)
client = SecretClient(vault_url="https://contoso.vault.azure.net", credential=credential)

for properties in client.list_properties_of_secrets():
    print(properties.name, properties.expires_on)
