import { isAscii } from 'node:buffer';

/** How a file's text is stored. `latin1` stands for any bytes that are no Unicode text: every byte survives a round trip. */
export type TextEncoding = 'utf8' | 'utf8bom' | 'utf16le' | 'utf16be' | 'latin1';

export interface DecodedFile {
  /** Without byte order mark. */
  readonly text: string;
  readonly encoding: TextEncoding;
}

const sniffed = 8000;

/** Decodes a file's bytes; `undefined` when they are no text. */
export function decodeFile(bytes: Uint8Array): DecodedFile | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return utf16(buffer.subarray(2), 'utf16le');
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return utf16(buffer.subarray(2), 'utf16be');
  const head = buffer.subarray(0, sniffed);
  if (head.includes(0)) return undefined;
  // Twice as quick, and most files are.
  if (isAscii(buffer)) return { text: buffer.toString('latin1'), encoding: 'utf8' };
  const marked = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  const body = marked ? buffer.subarray(3) : buffer;
  const text = body.toString('utf8');
  // A replacement character that the file did not hold itself means bytes that are not UTF-8.
  if (text.includes('\uFFFD') && !Buffer.from(text, 'utf8').equals(body)) {
    return { text: buffer.toString('latin1'), encoding: 'latin1' };
  }
  return { text, encoding: marked ? 'utf8bom' : 'utf8' };
}

/** The bytes of a text as it was stored. */
export function encodeFile({ text, encoding }: DecodedFile): Uint8Array {
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text, 'utf8');
    case 'utf8bom':
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text, 'utf8')]);
    case 'utf16le':
      return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    case 'utf16be':
      return Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);
    case 'latin1':
      return Buffer.from(text, 'latin1');
  }
}

function utf16(body: Buffer, encoding: 'utf16le' | 'utf16be'): DecodedFile | undefined {
  if (body.length % 2 === 1) return undefined;
  const littleEndian = encoding === 'utf16le' ? body : Buffer.from(body).swap16();
  return { text: littleEndian.toString('utf16le'), encoding };
}
