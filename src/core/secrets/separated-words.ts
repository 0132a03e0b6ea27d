/** Two words of a name in its many styles: `apiKey`, `api_key`, `api-key`, `api.key`, `Api:Key`, `API key`. */
export function separated(first: string, second: string): string[] {
  return ['', ' ', '_', '.', ':', '-'].map(separator => first + separator + second);
}
