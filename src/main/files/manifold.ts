import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openManifold, type ManifoldApi } from '../../shared/geometry/manifold';

let opening: Promise<ManifoldApi> | null = null;

/** The boolean kernel, opened once per process on first use. */
export function sharedManifold(): Promise<ManifoldApi> {
  opening ??= open();
  return opening;
}

function open(): Promise<ManifoldApi> {
  const require = createRequire(import.meta.url);
  const bytes = readFileSync(require.resolve('manifold-3d/manifold.wasm'));
  return openManifold({ wasmBinary: new Uint8Array(bytes).buffer });
}
