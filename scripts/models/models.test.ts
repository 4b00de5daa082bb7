import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodScores } from '../../src/shared/contract/learning';
import { COMPACT_DEPTH_TRAINING, type CvxNetTraining } from '../../src/shared/recipes/training';
import { unwrap } from '../../src/shared/result';
import { writeModel } from '../../src/main/files/model';
import { TINY_DEPTH, tinyCard } from '../../src/main/files/model/fixtures';
import { writeCheckpoint } from '../../src/main/files/safetensors/checkpoint';
import type { StoredTensor } from '../../src/main/files/safetensors/types';
import { weightSpecs } from '../../src/main/learning/cvxnet/network/layout';
import { cardPage, curveDrawing } from './card-text';
import { readTrained } from './trained';

const run = mkdtempSync(join(tmpdir(), 'halfspace-trained-'));
const config: CvxNetTraining = { ...COMPACT_DEPTH_TRAINING, network: TINY_DEPTH, teacher: null };

/** Weights of ones, their moving average of twos. */
function tensorsOf(prefixes: readonly string[]): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const prefix of prefixes) {
    for (const { name, shape } of weightSpecs(TINY_DEPTH)) {
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(prefix === 'average' ? 2 : 1);
      tensors.set(`${prefix}/${name}`, { dtype: 'F32', shape: [...shape], data });
    }
  }
  return tensors;
}

async function writeLast(prefixes: readonly string[]): Promise<void> {
  const metadata = new Map([['state', '{"step": 20}']]);
  unwrap(
    await writeCheckpoint(join(run, 'checkpoint.safetensors'), { tensors: tensorsOf(prefixes), metadata }),
  );
}

beforeAll(() => {
  writeFileSync(join(run, 'config.json'), JSON.stringify(config));
  const rows = [10, 20, 30].map((step) => JSON.stringify({ step, values: { validationIou: step / 100 } }));
  writeFileSync(join(run, 'metrics.jsonl'), `${rows.join('\n')}\n`);
});
afterAll(() => rmSync(run, { recursive: true, force: true }));

describe('what a run has learned', () => {
  it('is the moving average of its checkpoint with the curve up to it, until there is a best model', async () => {
    await writeLast(['weights', 'average']);
    const last = unwrap(await readTrained(run));
    expect([...last.weights.values()].every(({ data }) => data.every((value) => value === 2))).toBe(true);
    expect(last.card.stepsDone).toBe(20);
    expect(last.card.samplesSeen).toBe(20 * config.batch);
    expect(last.card.curve).toEqual([
      [10, 0.1],
      [20, 0.2],
    ]);
    await writeLast(['weights']);
    expect(await readTrained(run)).toMatchObject({ ok: false, error: { code: 'checkpoint-damaged' } });
    const best = { config: TINY_DEPTH, weights: last.weights, card: tinyCard(TINY_DEPTH) };
    unwrap(await writeModel(join(run, 'best.safetensors'), { ...best, precision: 'F32' }));
    expect(unwrap(await readTrained(run)).card.title).toBe('Tiny');
  });
});

describe('a card as a page', () => {
  const scores = { iou: 0.5, chamferL2: null, chamferL1: 0.01, fScore: 80 };
  const methods: MethodScores[] = ['network', 'direct fit'].map((method, i) => ({
    method,
    shapes: 2 - i,
    macro: scores,
    micro: scores,
    families: i === 0 ? { chair: scores, mug: scores } : { chair: scores },
  }));
  const entry = (curve: readonly (readonly [number, number])[]) => ({
    name: 'depth',
    input: 'depth' as const,
    bytes: 1_000_000,
    sha256: 'ab'.repeat(32),
    card: { ...tinyCard(TINY_DEPTH), curve },
  });

  it('has every method and family, the hash, and dashes for what was not measured', () => {
    const page = cardPage(entry([[5, 0.25]]), methods);
    expect(page).toContain('ab'.repeat(32));
    expect(page).toContain('| direct fit | 1 | 0.500 | – | 0.0100 | 80.0 |');
    expect(page).toContain('| mug | 0.500 | – |');
    expect(page).toContain('best validation IoU 0.250');
    expect(cardPage(entry([]), methods)).toContain('best validation IoU –');
  });

  it('draws the curve inside its frame', () => {
    const drawing = curveDrawing([
      [0, 0],
      [10, 1],
    ]);
    expect(drawing).toContain('points="48.0,244.0 628.0,12.0"');
    expect(curveDrawing([])).not.toMatch(/NaN|Infinity/);
  });
});
