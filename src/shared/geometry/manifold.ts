import type { ManifoldToplevel } from 'manifold-3d';

/** The opened manifold-3d library (WebAssembly). */
export type ManifoldApi = ManifoldToplevel;

/** Where the platform finds the WebAssembly file; nothing is needed under plain Node. */
export interface ManifoldOptions {
  readonly wasmBinary?: ArrayBuffer;
  readonly locateFile?: (name: string) => string;
}

let opened: Promise<ManifoldApi> | null = null;

/**
 * Opens manifold-3d once; later calls share the instance, whatever their options. Rejects when the WebAssembly file
 * cannot be found or compiled, which is a fault of the installation.
 */
export function openManifold(options: ManifoldOptions = {}): Promise<ManifoldApi> {
  opened ??= open(options).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function open(options: ManifoldOptions): Promise<ManifoldApi> {
  const { default: load } = await import('manifold-3d');
  // The package's types know locateFile alone; the loader takes every Emscripten option.
  const api = await load(options as Parameters<typeof load>[0]);
  api.setup();
  return api;
}
