import { describe, expect, it } from 'vitest';
import { boxPart } from '../shape/box.fixture';
import type { ConvexShape } from '../shape/types';
import { boxOf, createDocument, documentOfSource, fitChange, performed, reconstructionChange } from './build';
import { DEFAULT_FRAME } from './fields';
import { LIMITS } from './schema';
import type { Frame, HalfspaceDocument } from './types';

const at = new Date('2026-05-04T03:02:01Z');
const shape: ConvexShape = { parts: [boxPart(0, [0, 0, 0], [0.1, 0.2, 0.3])], sharpness: 90 };
const frame: Frame = { origin: [1, 2, 3], metresPerUnit: 2, upAxis: 'z' };
const sha256 = 'a'.repeat(64);
const picture = { file: 'chair.front.png', sha256, byteLength: 12 };
const made = {
  shape,
  frame,
  model: { name: 'depth', sha256: 'b'.repeat(64), input: 'depth' },
  refined: true,
  backend: 'wasm',
};
const box = { x: 1, y: 2, width: 30, height: 40 };

function done(document: HalfspaceDocument, change: Parameters<typeof performed>[1]): HalfspaceDocument {
  const result = performed(document, change, at);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('createDocument', () => {
  it('has a name, a frame and no parts, and an id of its own unless one is given', () => {
    const [one, two] = [createDocument('one'), createDocument('two', frame)];
    expect(one).toMatchObject({ name: 'one', frame: DEFAULT_FRAME, parts: [], source: null, recipe: null });
    expect(one).toMatchObject({ adoptedParts: null, journal: [], sharpness: 75 });
    expect(two.frame).toBe(frame);
    expect(one.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(one.id).not.toBe(two.id);
    expect(createDocument('three', frame, 'mine').id).toBe('mine');
  });
});

describe('documentOfSource', () => {
  const nameFor = (file: string): string =>
    documentOfSource(file, { frame, reference: { name: file, kind: 'mesh', sha256, byteLength: 1 } }).name;

  it('is about the source, in its frame, named like the file', () => {
    const reference = { name: 'chair.obj', kind: 'mesh', sha256, byteLength: 7 } as const;
    const document = documentOfSource('chair.obj', { reference, frame });
    expect(document).toMatchObject({ name: 'chair', source: reference, frame, parts: [] });
  });

  it('takes the last extension off, but not a name that is nothing else, and 200 characters at most', () => {
    expect(['a.b.obj', 'plain', '.obj', 'x.', 'a.b c'].map(nameFor)).toEqual([
      'a.b',
      'plain',
      '.obj',
      'x.',
      'a',
    ]);
    expect(nameFor(`${'n'.repeat(300)}.obj`)).toBe('n'.repeat(LIMITS.nameLength));
  });
});

describe('fitChange', () => {
  it('adopts the fit with how to make it again, selects nothing and is written down', () => {
    const change = fitChange({ shape, backend: 'cpu' }, { seed: 7, parts: 4, locked: true }, at);
    expect(change.select).toEqual({ partIds: [], plane: null });
    const document = done(createDocument('test'), change);
    expect(document).toMatchObject({ parts: shape.parts, adoptedParts: shape.parts, sharpness: 90 });
    expect(document.recipe).toEqual({
      method: 'fit',
      seed: 7,
      options: { parts: 4, locked: true },
      modelHash: null,
      backend: 'cpu',
      createdAt: at.toISOString(),
    });
    expect(document.journal).toEqual([{ command: 'part.fit', title: 'Fit parts', at: at.toISOString() }]);
  });
});

describe('reconstructionChange', () => {
  it('takes the picture as the source and its name as the name, unless the document was about it', () => {
    const document = done(createDocument('mine'), reconstructionChange(made, picture, 3, at));
    expect(document).toMatchObject({
      name: 'chair.front',
      frame,
      parts: shape.parts,
      adoptedParts: shape.parts,
    });
    expect(document.source).toEqual({ name: picture.file, kind: 'image', sha256, byteLength: 12 });
    const again = done({ ...document, name: 'renamed' }, reconstructionChange(made, picture, 4, at));
    expect(again.name).toBe('renamed');
    const other = { ...picture, sha256: 'c'.repeat(64) };
    expect(done({ ...document, name: 'renamed' }, reconstructionChange(made, other, 4, at)).name).toBe(
      'chair.front',
    );
  });

  it('keeps the model, what it saw and the box that was drawn', () => {
    const recipeOf = (seen: typeof picture & { box?: typeof box }): HalfspaceDocument['recipe'] =>
      done(createDocument('mine'), reconstructionChange(made, seen, 3, at)).recipe;
    expect(recipeOf(picture)).toEqual({
      method: 'reconstruct',
      seed: 3,
      options: { model: 'depth', input: 'depth', refined: true },
      modelHash: made.model.sha256,
      backend: 'wasm',
      createdAt: at.toISOString(),
    });
    expect(boxOf(recipeOf(picture))).toBeUndefined();
    expect(boxOf(recipeOf({ ...picture, box }))).toEqual(box);
  });
});

describe('boxOf', () => {
  it('is none of a fit, of no recipe, or where a number is missing', () => {
    const change = reconstructionChange(made, { ...picture, box }, 3, at);
    const recipe = done(createDocument('mine'), change).recipe!;
    expect(boxOf(null)).toBeUndefined();
    expect(boxOf({ ...recipe, method: 'fit' })).toBeUndefined();
    for (const key of ['boxX', 'boxY', 'boxWidth', 'boxHeight']) {
      expect(boxOf({ ...recipe, options: { ...recipe.options, [key]: 'wide' } })).toBeUndefined();
    }
  });
});

describe('performed', () => {
  it('gives back what refuses the change', () => {
    const problem = { code: 'no', message: 'No.' };
    const refused = { command: 'x', title: 'X', edit: () => ({ ok: false, error: problem }) as const };
    expect(performed(createDocument('mine'), refused)).toEqual({ ok: false, error: problem });
  });
});
