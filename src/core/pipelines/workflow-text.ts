/** Any other YAML has no jobs. */
export function mayBeWorkflow({ text }: { readonly text: string }): boolean {
  return /^jobs[ \t]*:/mu.test(text);
}
