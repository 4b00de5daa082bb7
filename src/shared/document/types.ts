import type { z } from 'zod';
import type { DOCUMENT_FIELDS } from './fields';
import type { RecordOf } from './records';
import type {
  editRecordSchema,
  frameSchema,
  recipeSchema,
  sourceReferenceSchema,
  sourceSettingsSchema,
} from './schema';

/** How learning space lies in the document's space: metres = origin + metresPerUnit * learning. Axes are the source's. */
export type Frame = z.infer<typeof frameSchema>;

export type UpAxis = Frame['upAxis'];

/** What the shape was made from. The bytes travel inside the project file. */
export type SourceReference = z.infer<typeof sourceReferenceSchema>;

export type SourceSettings = z.infer<typeof sourceSettingsSchema>;

/** How the shape was made: enough to make it again. */
export type Recipe = z.infer<typeof recipeSchema>;

/** One entry of the edit journal. */
export type EditRecord = z.infer<typeof editRecordSchema>;

/** The document. Immutable; every change makes a new one that shares what did not change. */
export type HalfspaceDocument = RecordOf<typeof DOCUMENT_FIELDS>;
