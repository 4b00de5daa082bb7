import { convexFieldWasm, convexFieldSharedWasm } from './generated/convex-field';

/** What assembly/convex-field.ts exports. */
export interface FieldExports {
  /** Sorts the points into tiles and bounds them. */
  tilePoints(job: number): void;
  /** Lays the planes out for vectors. */
  packPlanes(job: number): void;
  forwardChunk(job: number, chunk: number, scratch: number): void;
  backwardChunk(job: number, chunk: number, scratch: number): void;
  /** Sums the chunks' gradients in order. */
  reduceGradients(job: number): void;
}

/** 64 KiB pages that a memory may grow to: 1 GiB. */
const MOST_PAGES = 16384;
const FIRST_PAGES = 2;

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** The kernel's module, compiled once; the shared one is for a memory that worker threads see, too. */
export function compileFieldModule(shared: boolean): Promise<WebAssembly.Module> {
  const base64 = shared ? convexFieldSharedWasm : convexFieldWasm;
  let module = compiled.get(base64);
  if (module === undefined) {
    const binary = atob(base64);
    module = WebAssembly.compile(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
    compiled.set(base64, module);
  }
  return module;
}

export function createFieldMemory(shared: boolean): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES, shared });
}

/** Synchronous, as worker threads need it; the module is compiled already. */
export function instantiateField(module: WebAssembly.Module, memory: WebAssembly.Memory): FieldExports {
  const imports = { env: { memory, abort: failAssertion } };
  return new WebAssembly.Instance(module, imports).exports as unknown as FieldExports;
}

function failAssertion(): never {
  throw new Error('The convex-field kernel aborted.');
}
