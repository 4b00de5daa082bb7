import { assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { unwrap } from '../result';
import { evaluateField, fieldGradient, unionIndicator } from './field';
import { emptyPackedShape, packShape, toFloat32, toFloat64, unpackShape } from './pack';
import { logitCount, logitsOfShape, shapeOfLogits } from './parameters';
import type { PackedShape } from './types';

const h = Math.atanh(0.5);

/** Half-size 0.25, smoothness 175: offset and blend logits are 0. */
function cube(): PackedShape {
  const angles = [
    [0, h],
    [0, -h],
    [h, h],
    [h, -h],
    [0, 0],
    [0, 20],
  ];
  return shapeOfLogits([0, 0, 0, 0, ...angles.flatMap((pair) => [...pair, 0])], {
    dims: 3,
    parts: 1,
    planes: 6,
  });
}

function square(): PackedShape {
  const angles = [0, h, 20, -h];
  return shapeOfLogits([0, 0, 0, ...angles.flatMap((angle) => [angle, 0])], {
    dims: 2,
    parts: 1,
    planes: 4,
  });
}

function randomShape(seed: number, dims: 2 | 3, parts = 4, planes = 9): PackedShape {
  const random = createRandom(seed);
  const layout = { dims, parts, planes };
  const logits = Float64Array.from({ length: logitCount(layout) }, () => random.normal());
  for (let i = 0; i < parts * dims; i++) logits[parts + i] *= 0.15;
  return shapeOfLogits(logits, layout);
}

function randomPoints(seed: number, dims: number, count: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count * dims }, () => random.uniform() - 0.5);
}

describe('known shapes', () => {
  it('gives the cube of half-size 0.25', () => {
    const points = [0, 0, 0, 0.2, 0, 0, 0.25, 0, 0, 0.3, 0, 0, 0.25, 0.25, 0.25];
    const { phi, indicator } = evaluateField(cube(), points);
    const expected = [0.999999984495, 0.97702263, 0.5, 0.02297737, 0.384418904];
    expected.forEach((value, n) => expect(Math.abs(indicator[n] - value)).toBeLessThan(1e-8));
    expect(phi[4]).toBeCloseTo(Math.log(3) / 175, 12);
  });

  it('gives the square by the same path in 2D', () => {
    const { phi, indicator } = evaluateField(square(), [0.25, 0, 0, -0.25, 0.25, 0.25]);
    expect(indicator[0]).toBeCloseTo(0.5, 8);
    expect(indicator[1]).toBeCloseTo(0.5, 8);
    expect(phi[2]).toBeCloseTo(Math.log(2) / 175, 12);
    expect(indicator[2]).toBeCloseTo(0.426275595, 9);
  });
});

function twice(values: Float64Array): Float64Array {
  return Float64Array.from([...values, ...values]);
}

const shapes = record({ seed: integer({ min: 0, max: 1e6 }), dims: constantFrom(2, 3) });

function check(body: (shape: PackedShape, points: Float64Array) => void, runs = 30) {
  assert(
    property(shapes, ({ seed, dims }) =>
      body(randomShape(seed, dims as 2 | 3), randomPoints(seed + 1, dims, 40)),
    ),
    { seed: 20260101, numRuns: runs },
  );
}

describe('invariants, seed 20260101', () => {
  it('moves with its translations', () => {
    check((shape, points) => {
      const shift = [0.125, -0.25, 0.5];
      const moved = {
        ...shape,
        translations: shape.translations.map((c, i) => c + shift[i % shape.dims]),
      };
      const a = evaluateField(shape, points).indicator;
      const b = evaluateField(
        moved,
        points.map((x, i) => x + shift[i % shape.dims]),
      ).indicator;
      a.forEach((value, i) => expect(Math.abs(b[i] - value)).toBeLessThan(1e-12));
    });
  });

  it('does not depend on the order of parts and planes, nor on a duplicated part', () => {
    check((shape, points) => {
      const count = points.length / shape.dims;
      const { parts, planes, dims } = shape;
      const reversed: PackedShape = {
        ...shape,
        normals: shape.normals.map((_, i) => {
          const plane = parts * planes - 1 - Math.floor(i / dims);
          return shape.normals[plane * dims + (i % dims)];
        }),
        offsets: shape.offsets.toReversed(),
        translations: shape.translations.map((_, i) => {
          const part = parts - 1 - Math.floor(i / dims);
          return shape.translations[part * dims + (i % dims)];
        }),
        smoothness: shape.smoothness.toReversed(),
      };
      const doubled: PackedShape = {
        ...shape,
        parts: 2 * parts,
        normals: twice(shape.normals),
        offsets: twice(shape.offsets),
        translations: twice(shape.translations),
        smoothness: twice(shape.smoothness),
      };
      const indicator = evaluateField(shape, points).indicator;
      const union = unionIndicator(indicator, parts, count);
      const other = unionIndicator(evaluateField(reversed, points).indicator, parts, count);
      const double = evaluateField(doubled, points).indicator;
      const unionOfDouble = unionIndicator(double, 2 * parts, count);
      for (let n = 0; n < count; n++) {
        expect(Math.abs(other[n] - union[n])).toBeLessThan(1e-12);
        expect(unionOfDouble[n]).toBe(union[n]);
        const sum = (values: Float64Array) =>
          values.reduce((total, value, i) => (i % count === n ? total + value : total), 0);
        expect(sum(double)).toBeCloseTo(2 * sum(indicator), 12);
      }
    });
  });

  it('keeps max H <= Phi <= max H + ln H / delta, and Phi below it at the centre', () => {
    check((shape, points) => {
      const { dims, parts, planes } = shape;
      const count = points.length / dims;
      const { phi } = evaluateField(shape, points);
      const atCentres = evaluateField(shape, shape.translations).phi;
      for (let k = 0; k < parts; k++) {
        const slack = Math.log(planes) / shape.smoothness[k];
        const least = Math.min(...shape.offsets.subarray(k * planes, (k + 1) * planes));
        expect(atCentres[k * parts + k]).toBeLessThan(-least + slack + 1e-12);
        for (let n = 0; n < count; n++) {
          let largest = -Infinity;
          for (let p = k * planes; p < (k + 1) * planes; p++) {
            let distance = -shape.offsets[p];
            for (let i = 0; i < dims; i++) {
              distance +=
                shape.normals[p * dims + i] * (points[n * dims + i] - shape.translations[k * dims + i]);
            }
            largest = Math.max(largest, distance);
          }
          expect(phi[k * count + n]).toBeGreaterThanOrEqual(largest - 1e-12);
          expect(phi[k * count + n]).toBeLessThanOrEqual(largest + slack + 1e-12);
        }
      }
    });
  });

  it('has a field of slope at most 1', () => {
    check((shape, points) => {
      const { dims, parts, sharpness } = shape;
      const count = points.length / dims;
      const { indicator } = evaluateField(shape, points);
      for (let k = 0; k < parts; k++) {
        const upstream = new Float64Array(parts * count);
        for (let n = 0; n < count; n++) {
          const c = indicator[k * count + n];
          if (c > 1e-6 && c < 1 - 1e-6) upstream[k * count + n] = 1 / (sharpness * c * (1 - c));
        }
        const { points: slope } = fieldGradient(shape, points, upstream);
        for (let n = 0; n < count; n++) {
          expect(Math.hypot(...slope.subarray(n * dims, n * dims + dims))).toBeLessThanOrEqual(1 + 1e-7);
        }
      }
    });
  });

  it('has convex parts: the midpoint of two inside points is inside, 10^4 pairs', () => {
    let pairs = 0;
    for (let seed = 0; pairs < 10_000; seed++) {
      const shape = randomShape(seed, seed % 2 === 0 ? 3 : 2, 1, 12);
      const { dims } = shape;
      const points = randomPoints(seed, dims, 400).map((x) => 0.6 * x);
      for (let n = 0; n < points.length; n++) points[n] += shape.translations[n % dims];
      const { phi } = evaluateField(shape, points);
      const inside = Array.from(phi.keys()).filter((n) => phi[n] <= 0);
      const midpoints: number[] = [];
      for (let i = 0; i + 1 < inside.length; i++) {
        for (let d = 0; d < dims; d++) {
          midpoints.push((points[inside[i] * dims + d] + points[inside[i + 1] * dims + d]) / 2);
        }
      }
      const largest = evaluateField(shape, midpoints).phi.reduce((a, b) => Math.max(a, b), -1);
      expect(largest).toBeLessThanOrEqual(1e-12);
      pairs += midpoints.length / dims;
    }
  });
});

describe('packing', () => {
  it('gives padding planes no weight and no gradient', () => {
    const full = cube();
    const padded = emptyPackedShape(3, 1, 9, full.sharpness);
    padded.normals.set(full.normals);
    padded.offsets.set(full.offsets);
    padded.smoothness.set(full.smoothness);
    const points = randomPoints(3, 3, 50);
    const { phi } = evaluateField(padded, points);
    expect(phi).toEqual(evaluateField(full, points).phi);
    const gradient = fieldGradient(padded, points, new Float64Array(50).fill(1));
    expect(Math.max(...gradient.offsets.subarray(6).map(Math.abs))).toBe(0);
    expect(gradient.offsets.subarray(0, 6).some((value) => value !== 0)).toBe(true);
    expect(logitsOfShape(padded)).toMatchObject({ ok: false, error: { code: 'padded-shape' } });
  });

  it('round-trips through a ConvexShape, keeping identity and locks', () => {
    const packed = randomShape(11, 3);
    const shape = unpackShape(packed);
    const marked = {
      ...shape,
      parts: shape.parts.map((part, k) => ({
        ...part,
        id: `p${k}`,
        locked: k === 1,
        planes: k === 2 ? part.planes.slice(0, 5) : part.planes,
      })),
    };
    const again = unpackShape(packShape(marked, { planes: 12 }), marked);
    expect(again).toEqual(marked);
    expect(() => packShape(marked, { planes: 3 })).toThrow(RangeError);
  });

  it('converts between float32 and float64', () => {
    const packed = randomShape(12, 3);
    const narrow = toFloat32(packed);
    expect(narrow.normals).toBeInstanceOf(Float32Array);
    const wide = toFloat64(narrow);
    wide.offsets.forEach((value, i) => expect(value).toBe(Math.fround(packed.offsets[i])));
  });

  it('clamps what logits cannot reach', () => {
    const packed = { ...cube(), offsets: new Float64Array([0.7, -0.1, 0.2, 0.2, 0.2, 0.2]) };
    const { dims, parts, planes } = packed;
    const again = shapeOfLogits(unwrap(logitsOfShape(packed)), { dims, parts, planes });
    expect(again.offsets[0]).toBeCloseTo(0.5, 8);
    expect(again.offsets[1]).toBeCloseTo(0, 8);
    expect(again.offsets[2]).toBeCloseTo(0.2, 12);
  });
});
