import { WebPubSubServiceClient } from "@azure/web-pubsub";

const connectionString = "Endpoint=https://contoso-stock.webpubsub.azure.com;AccessKey=@@legacyKey32@@;Version=1.0;";
const hubs = new Map<string, WebPubSubServiceClient>();

/** One client for each hub, made when it is first asked for. */
function hub(name: string): WebPubSubServiceClient {
  let service = hubs.get(name);
  if (service === undefined) {
    service = new WebPubSubServiceClient(connectionString, name, { reverseProxyEndpoint: "https://stock.contoso.example" });
    hubs.set(name, service);
  }
  return service;
}

export async function negotiate(userId: string): Promise<string> {
  const { url } = await hub("prices").getClientAccessToken({ userId, roles: ["webpubsub.joinLeaveGroup"] });
  return url;
}
