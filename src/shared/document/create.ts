import type { Frame, HalfspaceDocument } from './types';

/** Sigma of the reference implementation. */
const DEFAULT_SHARPNESS = 75;

export const DEFAULT_FRAME: Frame = { origin: [0, 0, 0], metresPerUnit: 1, upAxis: 'y' };

/**
 * A document without parts.
 *
 * @param id stable for the life of the document; a fresh random one when absent
 */
export function createDocument(
  name: string,
  frame: Frame = DEFAULT_FRAME,
  id: string = globalThis.crypto.randomUUID(),
): HalfspaceDocument {
  return {
    id,
    name,
    frame,
    sharpness: DEFAULT_SHARPNESS,
    parts: [],
    source: null,
    recipe: null,
    adoptedParts: null,
    journal: [],
  };
}
