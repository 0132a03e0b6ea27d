import argparse
import hashlib

from azure.identity import DefaultAzureCredential
from azure.keyvault.keys import KeyClient
from azure.keyvault.keys.crypto import CryptographyClient, SignatureAlgorithm

credential = DefaultAzureCredential()
keys = KeyClient("https://contoso-signing.vault.azure.net", credential)


def sign(path: str) -> bytes:
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).digest()
    crypto = CryptographyClient(keys.get_key("release"), credential)
    return crypto.sign(SignatureAlgorithm.rs256, digest).signature


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("path")
    print(sign(parser.parse_args().path).hex())
