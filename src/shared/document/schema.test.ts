import { describe, expect, it } from 'vitest';
import { boxPart } from '../shape/box.fixture';
import { LIMITS, partSchema, planeSchema, shapeSchema } from './schema';

const part = boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1]);
const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

describe('what a document may hold', () => {
  it('is up to 512 parts, none too', () => {
    const shape = (count: number) => ({ parts: Array.from({ length: count }, () => part), sharpness: 75 });
    expect([0, 1, LIMITS.parts, LIMITS.parts + 1].map((count) => takes(shapeSchema, shape(count)))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(takes(shapeSchema, { parts: [part] })).toBe(false);
    expect(takes(shapeSchema, { parts: [part], sharpness: 0 })).toBe(false);
  });

  it('is parts of 1 to 256 planes with names of up to 200 characters', () => {
    const planes = (count: number) => ({
      ...part,
      planes: Array.from({ length: count }, () => part.planes[0]),
    });
    expect([0, 1, 256, 257].map((count) => takes(partSchema, planes(count)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([0, 200, 201].map((count) => takes(partSchema, { ...part, name: 'n'.repeat(count) }))).toEqual([
      true,
      true,
      false,
    ]);
    expect([0, 200, 201].map((count) => takes(partSchema, { ...part, id: 'n'.repeat(count) }))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('is planes whose normals have length 1, but for rounding', () => {
    const plane = (length: number) => ({
      normal: [0.6 * length, 0, -0.8 * length],
      offset: 1,
      locked: false,
    });
    expect(
      [1, 1 + 9e-7, 1 - 9e-7, 1 + 2e-6, 1 - 2e-6, 0, 2].map((length) => takes(planeSchema, plane(length))),
    ).toEqual([true, true, true, false, false, false, false]);
    expect(takes(planeSchema, { ...plane(1), offset: Infinity })).toBe(false);
    expect(takes(planeSchema, { ...plane(1), normal: [Number.NaN, 0, 1] })).toBe(false);
  });
});
