import { describe, expect, it } from 'vitest';
import { boxPart } from '../shape/box.fixture';
import { createDocument } from './build';
import { DOCUMENT_FIELDS, documentSchema } from './fields';
import { fileVersion } from './records';
import { LIMITS } from './schema';
import type { HalfspaceDocument } from './types';

const part = boxPart(0, [0, 0, 0], [0.1, 0.2, 0.3], { id: 'a', name: 'A' });
const whole: HalfspaceDocument = {
  ...createDocument('test', undefined, 'id'),
  parts: [part],
  adoptedParts: [part],
  source: { name: 'a.obj', kind: 'mesh', sha256: '0a'.repeat(32), byteLength: 4, settings: { upAxis: 'z' } },
  recipe: {
    method: 'fit',
    seed: 1,
    options: { parts: 4, name: 'x', locked: true },
    modelHash: null,
    backend: 'wasm',
    createdAt: '2026-05-04',
  },
  journal: [{ command: 'x', title: 'X', at: '2026-05-04' }],
};

const takes = (changed: object): boolean => documentSchema.safeParse({ ...whole, ...changed }).success;
const takesPart = (changed: object): boolean => takes({ parts: [{ ...part, ...changed }] });
const takesSource = (changed: object): boolean => takes({ source: { ...whole.source, ...changed } });
const many = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => of(i));

describe('documentSchema', () => {
  it('takes a whole document as it is, and one with nothing in it', () => {
    expect(documentSchema.parse(whole)).toEqual(whole);
    const empty = createDocument('', undefined, 'id');
    expect(documentSchema.parse(empty)).toEqual(empty);
  });

  it('misses every field that is not there', () => {
    for (const name of Object.keys(whole)) expect(takes({ [name]: undefined }), name).toBe(false);
  });

  it('bounds names, parts, planes and the journal', () => {
    const [longest, tooLong] = ['n'.repeat(LIMITS.nameLength), 'n'.repeat(LIMITS.nameLength + 1)];
    expect([takes({ name: longest }), takes({ name: tooLong })]).toEqual([true, false]);
    expect([takes({ id: longest }), takes({ id: tooLong }), takes({ id: '' })]).toEqual([true, false, false]);
    expect([takesPart({ id: longest }), takesPart({ id: tooLong }), takesPart({ id: '' })]).toEqual([
      true,
      false,
      false,
    ]);
    expect([takesPart({ name: longest }), takesPart({ name: tooLong })]).toEqual([true, false]);
    const parts = many(LIMITS.parts + 1, (i) => ({ ...part, id: `p${i}` }));
    expect([takes({ parts: parts.slice(1) }), takes({ parts })]).toEqual([true, false]);
    expect([takes({ adoptedParts: parts.slice(1) }), takes({ adoptedParts: parts })]).toEqual([true, false]);
    const planes = many(LIMITS.planesPerPart + 1, () => part.planes[0]);
    expect([
      takesPart({ planes: planes.slice(1) }),
      takesPart({ planes }),
      takesPart({ planes: [] }),
    ]).toEqual([true, false, false]);
    const journal = many(LIMITS.journal + 1, () => whole.journal[0]);
    expect([takes({ journal: journal.slice(1) }), takes({ journal })]).toEqual([true, false]);
  });

  it('refuses two parts with one id, and says where', () => {
    const result = documentSchema.safeParse({ ...whole, parts: [part, { ...part, id: 'b' }, part] });
    expect(result.error?.issues).toMatchObject([{ path: ['parts', 2, 'id'] }]);
    expect(result.error?.issues[0].message).toContain('"a"');
  });

  it('wants numbers that are finite, and normals of length 1 within a millionth', () => {
    expect([takes({ sharpness: 0 }), takes({ sharpness: Infinity }), takes({ sharpness: 1e-9 })]).toEqual([
      false,
      false,
      true,
    ]);
    expect([takesPart({ smoothness: 0 }), takesPart({ index: -1 }), takesPart({ index: 0.5 })]).toEqual([
      false,
      false,
      false,
    ]);
    expect([takesPart({ translation: [0, 0] }), takesPart({ translation: [0, 0, Number.NaN] })]).toEqual([
      false,
      false,
    ]);
    const plane = (x: number, y: number): boolean =>
      takesPart({ planes: [{ normal: [x, y, 0], offset: 0, locked: false }] });
    expect([plane(0.6, 0.8), plane(1 + 9e-7, 0), plane(1 - 9e-7, 0)]).toEqual([true, true, true]);
    expect([plane(1 + 2e-6, 0), plane(1 - 2e-6, 0), plane(0, 0)]).toEqual([false, false, false]);
  });

  it('knows kinds, settings, hashes and methods by name', () => {
    const { source, recipe } = whole;
    for (const kind of ['mesh', 'points', 'depth', 'image']) expect(takesSource({ kind })).toBe(true);
    expect(takesSource({ kind: 'film' })).toBe(false);
    expect([takesSource({ name: 'n'.repeat(1000) }), takesSource({ name: 'n'.repeat(1001) })]).toEqual([
      true,
      false,
    ]);
    expect([takesSource({ byteLength: 0 }), takesSource({ byteLength: -1 })]).toEqual([true, false]);
    for (const sha256 of ['0a'.repeat(31), `x${source!.sha256}`, `${source!.sha256}x`, 'z'.repeat(64), 'a']) {
      expect(takesSource({ sha256 })).toBe(false);
    }
    for (const completion of ['none', 'mirror', 'ground'])
      expect(takesSource({ settings: { completion } })).toBe(true);
    expect(takesSource({ settings: { completion: 'guess' } })).toBe(false);
    expect(takesSource({ settings: { metresPerFileUnit: 0 } })).toBe(false);
    expect(takesSource({ settings: undefined })).toBe(true);
    for (const method of ['fit', 'reconstruct']) expect(takes({ recipe: { ...recipe, method } })).toBe(true);
    expect(takes({ recipe: { ...recipe, method: 'guess' } })).toBe(false);
    expect(takes({ recipe: { ...recipe, options: { deep: {} } } })).toBe(false);
    expect(takes({ frame: { ...whole.frame, upAxis: 'x' } })).toBe(false);
    expect(takes({ frame: { ...whole.frame, metresPerUnit: 0 } })).toBe(false);
    expect(takes({ journal: [{ command: 'x', title: 'X' }] })).toBe(false);
  });
});

describe('the version of the file', () => {
  it('is 2 for a picture or a reconstruction, which version 1 does not know', () => {
    const versionOf = (changed: Partial<HalfspaceDocument>): number =>
      fileVersion<HalfspaceDocument>(DOCUMENT_FIELDS, { ...whole, ...changed });
    expect(versionOf({})).toBe(1);
    expect(versionOf({ source: null, recipe: null })).toBe(1);
    expect(versionOf({ source: { ...whole.source!, kind: 'image' } })).toBe(2);
    expect(versionOf({ recipe: { ...whole.recipe!, method: 'reconstruct' } })).toBe(2);
  });
});
