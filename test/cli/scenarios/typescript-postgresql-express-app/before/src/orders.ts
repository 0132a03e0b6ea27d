import { rows } from './database.js';

export interface Order {
  id: number;
  total: string;
}

export function openOrders(customer: string): Promise<Order[]> {
  return rows<Order>('SELECT id, total FROM orders WHERE customer = $1 AND closed IS NULL', [customer]);
}
