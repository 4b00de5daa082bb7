import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGradient, randomCase, type FieldCase } from './kernels/random-case.fixture';
import type { ConvexFieldKernel } from './kernels/types';
import { createThreadedFieldKernel, createWasmFieldKernel } from './kernels/wasm';
import { buildForNode } from './build.fixture';
import { fieldWorkersFrom } from './field-threads';

const folder = mkdtempSync(join(tmpdir(), 'field-worker-'));

beforeAll(() => buildForNode(join(import.meta.dirname, 'field-worker.ts'), folder, 'field-worker'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function evaluate(kernel: ConvexFieldKernel, field: FieldCase) {
  const indicator = new Float32Array(field.upstream.length);
  const gradient = emptyGradient(field);
  kernel.forward(field.shape, field.points, indicator);
  kernel.backward(field.shape, field.points, indicator, field.upstream, gradient);
  const { normals, offsets, translations, smoothness, points } = gradient;
  return Buffer.concat(
    [indicator, normals, offsets, translations, smoothness, points].map((values) =>
      Buffer.from(values.buffer),
    ),
  );
}

describe('threads', () => {
  it('give the same bits for 1, 2 and 4 of them', async () => {
    const fields = [
      randomCase(1, 3, 20, 16, 3000),
      randomCase(2, 2, 3, 7, 90),
      randomCase(3, 3, 8, 25, 9000),
    ];
    const alone = await createWasmFieldKernel();
    const expected = fields.map((field) => evaluate(alone, field));
    const small = [randomCase(4, 3, 2, 6, 60), randomCase(5, 3, 3, 8, 1900)];
    const expectedOfSmall = small.map((field) => evaluate(alone, field));
    for (const threads of [1, 2, 4]) {
      const kernel = await createThreadedFieldKernel(
        threads,
        fieldWorkersFrom(join(folder, 'field-worker.cjs')),
      );
      for (let round = 0; round < 5; round++) {
        fields.forEach((field, i) => expect(evaluate(kernel, field).equals(expected[i])).toBe(true));
      }
      // Calls of one chunk and of many in turn: a thread that is late for the first must not enter the second.
      for (let round = 0; round < 2000; round++) {
        const i = round % small.length;
        expect(evaluate(kernel, small[i]).equals(expectedOfSmall[i])).toBe(true);
      }
      kernel.dispose();
    }
  });

  it('report a worker file that does not start', async () => {
    const start = fieldWorkersFrom(join(folder, 'missing.cjs'));
    await expect(createThreadedFieldKernel(2, start)).rejects.toThrow('missing.cjs');
  });
});
