import { DefaultAzureCredential } from "@azure/identity";
import { WebPubSubServiceClient } from "@azure/web-pubsub";

const credential = new DefaultAzureCredential();

const hubs = new Map<string, WebPubSubServiceClient>();

/** One client for each hub, made when it is first asked for. */
function hub(name: string): WebPubSubServiceClient {
  let service = hubs.get(name);
  if (service === undefined) {
    service = new WebPubSubServiceClient("https://contoso-stock.webpubsub.azure.com", credential, name, { reverseProxyEndpoint: "https://stock.contoso.example" });
    hubs.set(name, service);
  }
  return service;
}

export async function negotiate(userId: string): Promise<string> {
  const { url } = await hub("prices").getClientAccessToken({ userId, roles: ["webpubsub.joinLeaveGroup"] });
  return url;
}
