package com.contoso;

import com.azure.cosmos.CosmosClient;
import com.azure.cosmos.CosmosClientBuilder;

/** Orders. */
final class Store implements AutoCloseable {
	private final CosmosClient client;

	private Store(String endpoint, String key) {
		this.client = new CosmosClientBuilder()
			.endpoint(endpoint)
			.key(key)
			.buildClient();
	}

	static Store open() {
		return new Store(System.getenv("STORE_COSMOS_ENDPOINT"), System.getenv("STORE_COSMOS_KEY"));
	}

	@Override
	public void close() {
		client.close();
	}
}
