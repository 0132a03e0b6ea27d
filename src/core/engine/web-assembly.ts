import { decodeBase64 } from '../secrets/base64.ts';

/** What is used of the global of that name, which not every host has. */
interface Host {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

const host = (globalThis as { readonly WebAssembly?: Host }).WebAssembly;
const pageSize = 65_536;
const compiled = new Map<string, object>();

export interface Running<T> {
  readonly exports: T;
  readonly memory: ArrayBuffer;
}

/**
 * Starts a module of assembly/ with so many bytes of memory; `undefined` where there is no WebAssembly.
 * @param base64 as the generated file holds it
 */
export function startModule<T>(base64: string, memorySize: number): Running<T> | undefined {
  if (host === undefined) return undefined;
  try {
    const bytes = decodeBase64(base64);
    if (bytes === undefined) return undefined;
    const module = compiled.get(base64) ?? new host.Module(Uint8Array.from(bytes));
    compiled.set(base64, module);
    const memory = new host.Memory({ initial: Math.ceil(memorySize / pageSize) });
    return { exports: new host.Instance(module, { env: { memory } }).exports as T, memory: memory.buffer };
  } catch {
    // A policy of the host may forbid it, or it is too old for what the module uses.
    return undefined;
  }
}
