import { z } from 'zod';
import { collection, FROM_THE_START, recordSchema, whole } from './records';
import {
  editRecordSchema,
  finite,
  frameSchema,
  LIMITS,
  partSchema,
  recipeSchema,
  sourceReferenceSchema,
} from './schema';

/** Sigma of the reference implementation. */
const DEFAULT_SHARPNESS = 75;

export const DEFAULT_FRAME: z.infer<typeof frameSchema> = {
  origin: [0, 0, 0],
  metresPerUnit: 1,
  upAxis: 'y',
};

const nameSchema = z.string().max(LIMITS.nameLength);
const adoptedSchema = z.array(partSchema).max(LIMITS.parts).readonly().nullable();
const journalSchema = z.array(editRecordSchema).max(LIMITS.journal).readonly();

/** Version 2 of the file knows pictures and what networks made of them. */
const PICTURES = 2;

/**
 * The document's fields, each declared here and nowhere else: its type, what undo compares, what a file and the engine
 * take, what a new document starts with and what an older file gets.
 */
export const DOCUMENT_FIELDS = {
  /** Stable for the life of the document. */
  id: whole({ schema: nameSchema.min(1), initial: () => globalThis.crypto.randomUUID(), ...FROM_THE_START }),
  name: whole({ schema: nameSchema, initial: () => 'Untitled', ...FROM_THE_START }),
  frame: whole({ schema: frameSchema, initial: () => DEFAULT_FRAME, ...FROM_THE_START }),
  sharpness: whole({ schema: finite.positive(), initial: () => DEFAULT_SHARPNESS, ...FROM_THE_START }),
  parts: collection({ member: partSchema, most: LIMITS.parts, initial: () => [], ...FROM_THE_START }),
  /** What the shape was made from. */
  source: whole({
    schema: sourceReferenceSchema.nullable(),
    initial: () => null,
    missing: 'refused',
    version: (source) => (source?.kind === 'image' ? PICTURES : 1),
  }),
  /** How the shape was made. */
  recipe: whole({
    schema: recipeSchema.nullable(),
    initial: () => null,
    missing: 'refused',
    version: (recipe) => (recipe?.method === 'reconstruct' ? PICTURES : 1),
  }),
  /** The parts as they were adopted from the last fit or reconstruction, before any edit. */
  adoptedParts: whole({ schema: adoptedSchema, initial: () => null, ...FROM_THE_START }),
  /** What a person did, in order. */
  journal: whole({
    schema: journalSchema,
    initial: () => [],
    writtenBy: 'history',
    ...FROM_THE_START,
  }),
};

export const documentSchema = recordSchema(DOCUMENT_FIELDS);
