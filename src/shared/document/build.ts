import { ok, type Result } from '../result';
import type { ConvexShape } from '../shape/types';
import type { DocumentChange } from './change';
import { adoptShape, setSource } from './edits';
import { DEFAULT_FRAME, DOCUMENT_FIELDS } from './fields';
import { journalled } from './history';
import { createRecord } from './records';
import { LIMITS } from './schema';
import type { Frame, HalfspaceDocument, Recipe, SourceReference } from './types';

/**
 * A document without parts.
 *
 * @param id stable for the life of the document; a fresh random one when absent
 */
export function createDocument(name: string, frame: Frame = DEFAULT_FRAME, id?: string): HalfspaceDocument {
  return createRecord<HalfspaceDocument>(DOCUMENT_FIELDS, { name, frame, ...(id !== undefined && { id }) });
}

/** A document about a source that was opened, without parts yet; named like the file. */
export function documentOfSource(
  file: string,
  opened: { readonly reference: SourceReference; readonly frame: Frame },
): HalfspaceDocument {
  return { ...createDocument(nameOfFile(file), opened.frame), source: opened.reference };
}

/** What a fit was asked for; its seed stands beside the options in a recipe. */
export type FitChoice = Recipe['options'] & { readonly seed: number };

/** Takes a fit into the document, with how to make it again. */
export function fitChange(
  fit: { readonly shape: ConvexShape; readonly backend: string },
  { seed, ...options }: FitChoice,
  at: Date = new Date(),
): DocumentChange {
  const recipe: Recipe = {
    method: 'fit',
    seed,
    options,
    modelHash: null,
    backend: fit.backend,
    createdAt: at.toISOString(),
  };
  return {
    command: 'part.fit',
    title: 'Fit parts',
    edit: adoptShape(fit.shape, recipe),
    select: { partIds: [], plane: null },
  };
}

/** Pixels of the upright picture. */
export interface PictureBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture that a network looked at. */
export interface SeenPicture {
  readonly file: string;
  readonly sha256: string;
  readonly byteLength: number;
  /** What a person drew around the object. */
  readonly box?: PictureBox;
}

export interface MadeShape {
  readonly shape: ConvexShape;
  readonly frame: Frame;
  readonly model: { readonly name: string; readonly sha256: string; readonly input: string };
  readonly refined: boolean;
  readonly backend: string;
}

/**
 * Takes a reconstruction into the document, with the picture as its source and how to make it again. The document is
 * named like the picture unless it was about that already.
 */
export function reconstructionChange(
  made: MadeShape,
  picture: SeenPicture,
  seed: number,
  at: Date = new Date(),
): DocumentChange {
  const { file, sha256, byteLength, box } = picture;
  const recipe: Recipe = {
    method: 'reconstruct',
    seed,
    options: {
      model: made.model.name,
      input: made.model.input,
      refined: made.refined,
      ...(box && { boxX: box.x, boxY: box.y, boxWidth: box.width, boxHeight: box.height }),
    },
    modelHash: made.model.sha256,
    backend: made.backend,
    createdAt: at.toISOString(),
  };
  return {
    command: 'reconstruct.accept',
    title: 'Accept the reconstruction',
    edit: (document) => {
      const shaped = adoptShape(made.shape, recipe)(document);
      if (!shaped.ok) return shaped;
      const name = document.source?.sha256 === sha256 ? document.name : nameOfFile(file);
      return setSource(
        { name: file, kind: 'image', sha256, byteLength },
        made.frame,
      )({
        ...shaped.value,
        name,
      });
    },
  };
}

/** The box that a recipe says was drawn. */
export function boxOf(recipe: Recipe | null): PictureBox | undefined {
  if (recipe?.method !== 'reconstruct') return undefined;
  const { boxX: x, boxY: y, boxWidth: width, boxHeight: height } = recipe.options;
  return typeof x === 'number' &&
    typeof y === 'number' &&
    typeof width === 'number' &&
    typeof height === 'number'
    ? { x, y, width, height }
    : undefined;
}

/** The document after a change, with its line in the journal: what a store does, for those who keep no history. */
export function performed(
  document: HalfspaceDocument,
  change: DocumentChange,
  at: Date = new Date(),
): Result<HalfspaceDocument> {
  const edited = change.edit(document);
  return edited.ok ? ok(journalled(document, edited.value, change, at)) : edited;
}

/** A file's name without its extension, as a document may be called. */
function nameOfFile(file: string): string {
  return (file.replace(/\.[^.]+$/, '') || file).slice(0, LIMITS.nameLength);
}
