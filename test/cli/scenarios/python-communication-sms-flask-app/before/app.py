from azure.communication.sms import SmsClient
from flask import Flask, request

app = Flask(__name__)
connection_string = (
    "endpoint=https://contoso-text.europe.communication.azure.com/;"
    "accesskey=@@annotatedKey AZCS@@"
)
sms = SmsClient.from_connection_string(connection_string)


@app.post("/remind")
def remind() -> tuple[str, int]:
    results = sms.send(from_="+15550100", to=request.form["phone"], message="Your table is ready.")
    return ("", 204) if all(result.successful for result in results) else ("not sent", 502)
