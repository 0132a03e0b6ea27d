import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;

public class Worker {
    static final String CONNECTION = "DefaultEndpointsProtocol=https;AccountName=contosojobs;" +
        "AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net";

    public static void main(String[] args) {
        QueueClient in = queue("in", CONNECTION);
        QueueClient out = queue("out", CONNECTION);
        while (true) {
            in.receiveMessages(10).forEach(m -> out.sendMessage(m.getBody().toString()));
        }
    }

    private static QueueClient queue(String name, String connectionString) {
        return new QueueClientBuilder().connectionString(connectionString).queueName(name).buildClient();
    }
}
