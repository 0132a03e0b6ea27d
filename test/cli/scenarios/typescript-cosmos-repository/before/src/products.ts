import { CosmosClient, type Container } from '@azure/cosmos';

export interface Product {
  readonly id: string;
  readonly category: string;
  readonly price: number;
}

export class Products {
  private readonly items: Container;

  constructor() {
    const client = new CosmosClient({
      endpoint: 'https://contoso-catalog.documents.azure.com:443/',
      key: '@@cosmosAccountKey@@',
      connectionPolicy: { preferredLocations: ['West Europe'] },
    });
    this.items = client.database('catalog').container('products');
  }

  async of(category: string): Promise<Product[]> {
    const query = { query: 'SELECT * FROM c WHERE c.category = @category', parameters: [{ name: '@category', value: category }] };
    const { resources } = await this.items.items.query<Product>(query).fetchAll();
    return resources;
  }
}
