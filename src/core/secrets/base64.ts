const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map(Array.from(alphabet, (character, value) => [character.charCodeAt(0), value]));
values.set('-'.charCodeAt(0), 62);
values.set('_'.charCodeAt(0), 63);

/** Decodes padded or unpadded base64, standard or URL-safe alphabet; `undefined` when a character is not of the alphabet. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const body = text.replace(/={1,6}$/u, '');
  if (body.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((body.length * 3) / 4));
  let bits = 0;
  let buffer = 0;
  let position = 0;
  for (let i = 0; i < body.length; i++) {
    const value = values.get(body.charCodeAt(i));
    if (value === undefined) return undefined;
    buffer = ((buffer << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[position++] = (buffer >> bits) & 0xff;
    }
  }
  return bytes;
}

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const left = bytes.length - i;
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += (left > 1 ? alphabet.charAt((group >> 6) & 63) : '=') + (left > 2 ? alphabet.charAt(group & 63) : '=');
  }
  return text;
}

const encoder = new TextEncoder();

/** Text in base64, as UTF-8. */
export function base64Of(text: string): string {
  return encodeBase64(encoder.encode(text));
}

/**
 * What base64 of any text (ASCII) that holds `text` within it itself holds one of. By where in a group of three bytes it
 * begins there are three forms, without characters that depend on neighbours, unless three would be left.
 */
export function base64Fragments(text: string): string[] {
  return [0, 1, 2].flatMap(shift => {
    const encoded = base64Of(' '.repeat(shift) + text).replace(/={1,2}$/u, '');
    const whole = Math.floor(((shift + text.length) * 8) / 6);
    const fragment = encoded.slice(Math.ceil((shift * 8) / 6), whole);
    if (fragment.length > 3) return [fragment];
    // The bits that the neighbour may have beside those of the text.
    return shift === 1
      ? [0, 1, 2, 3].map(bits => alphabet.charAt((bits << 4) | (text.charCodeAt(0) >> 4)) + fragment)
      : [0, 1].map(bits => fragment + alphabet.charAt(((text.charCodeAt(text.length - 1) & 15) << 2) | bits));
  });
}
