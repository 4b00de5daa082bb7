import { DOCUMENT_FIELDS, DEFAULT_FRAME } from './fields';
import { createRecord } from './records';
import type { Frame, HalfspaceDocument } from './types';

/**
 * A document without parts.
 *
 * @param id stable for the life of the document; a fresh random one when absent
 */
export function createDocument(name: string, frame: Frame = DEFAULT_FRAME, id?: string): HalfspaceDocument {
  return createRecord<HalfspaceDocument>(DOCUMENT_FIELDS, { name, frame, ...(id !== undefined && { id }) });
}
