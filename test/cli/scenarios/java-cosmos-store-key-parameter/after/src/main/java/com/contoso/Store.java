package com.contoso;

import com.azure.cosmos.CosmosClient;
import com.azure.cosmos.CosmosClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;

/** Orders. */
final class Store implements AutoCloseable {
	private final CosmosClient client;

	private Store(String endpoint) {
		this.client = new CosmosClientBuilder()
			.endpoint(endpoint)
			.credential(new DefaultAzureCredentialBuilder().build())
			.buildClient();
	}

	static Store open() {
		return new Store(System.getenv("STORE_COSMOS_ENDPOINT"));
	}

	@Override
	public void close() {
		client.close();
	}
}
