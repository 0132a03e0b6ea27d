import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;

public class Worker {
    private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();
    static final String QUEUE_ENDPOINT = "https://contosojobs.queue.core.windows.net";

    public static void main(String[] args) {
        QueueClient in = queue("in", QUEUE_ENDPOINT);
        QueueClient out = queue("out", QUEUE_ENDPOINT);
        while (true) {
            in.receiveMessages(10).forEach(m -> out.sendMessage(m.getBody().toString()));
        }
    }

    private static QueueClient queue(String name, String queueEndpoint) {
        return new QueueClientBuilder().endpoint(queueEndpoint).credential(CREDENTIAL).queueName(name).buildClient();
    }
}
