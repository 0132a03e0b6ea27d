package com.contoso.mail;

import com.azure.communication.email.EmailClient;
import com.azure.communication.email.EmailClientBuilder;
import com.azure.communication.email.models.EmailMessage;
import com.azure.identity.DefaultAzureCredentialBuilder;

public final class Mailer {
    private final EmailClient client = new EmailClientBuilder()
        .endpoint("https://contoso-mail.europe.communication.azure.com/")
        .credential(new DefaultAzureCredentialBuilder().build())
        .buildClient();

    public void send(String to, String subject, String text) {
        EmailMessage message = new EmailMessage()
            .setSenderAddress("noreply@contoso.example")
            .setToRecipients(to)
            .setSubject(subject)
            .setBodyPlainText(text);
        client.beginSend(message).waitForCompletion();
    }
}
