import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flatOptionsSchema, type FlatPreview } from '../../../shared/contract/flat';
import { jobRequestSchema, type JobProgress } from '../../../shared/contract/jobs';
import type { RunRow } from '../../../shared/contract/learning';
import { sampleMaskPicture } from '../../../shared/flat/pictures';
import { drawingOver } from '../../../shared/flat/text';
import type { FlatMask } from '../../../shared/flat/types';
import { unwrap } from '../../../shared/result';
import { writeFlat } from '../../files/write/svg';
import { createGrants } from '../service/grants';
import type { JobContext } from '../service/job';
import { fitFlatJob } from './fit-flat';
import { openMaskJob } from './open-mask';
import type { JobEnvironment } from '../service/job';

const TOKEN = '00000000-0000-4000-8000-000000000000';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-flat-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const grants = createGrants();
const environment = { grants, backend: 'cpu' } as unknown as JobEnvironment;

async function pngOf(
  { width, height, inside }: FlatMask,
  tones: readonly [inside: number, outside: number],
): Promise<string> {
  const png = new PNG({ width, height });
  inside.forEach((value, i) =>
    png.data.set([...Array.from({ length: 3 }, () => tones[value === 1 ? 0 : 1]), 255], 4 * i),
  );
  const path = join(folder, 'mask.png');
  await writeFile(path, PNG.sync.write(png));
  return path;
}

interface Heard {
  readonly previews: FlatPreview[];
  readonly progress: JobProgress[];
  readonly rows: RunRow[];
}

function contextOf(heard: Heard, abort = new AbortController()): JobContext {
  return {
    signal: abort.signal,
    progress: (progress) => void heard.progress.push(progress),
    preview: () => undefined,
    flatPreview: (preview) => void heard.previews.push(preview()),
    picturePreview: () => undefined,
    rows: (rows) => void heard.rows.push(...rows),
    onControl: () => undefined,
  };
}

describe('open-mask', () => {
  const open = async (path: string, choice = { threshold: 0.5, invert: false }) => {
    grants.add(TOKEN, path, false);
    return openMaskJob.run(
      { kind: 'open-mask', token: TOKEN, ...choice },
      environment,
      contextOf({ previews: [], progress: [], rows: [] }),
    );
  };

  it('reads a light and a dark shape of a picture alike', async () => {
    const star = sampleMaskPicture('star');
    for (const tones of [
      [255, 0],
      [10, 240],
    ] as const) {
      const opened = unwrap(await open(await pngOf(star, tones)));
      expect(opened).toMatchObject({ name: 'mask.png', from: tones[0] === 255 ? 'light' : 'dark' });
      expect(opened.mask).toEqual(star);
    }
  });

  it('refuses what is no mask by name: one pixel, all white, no picture, nothing', async () => {
    const solid = (side: number): FlatMask => ({
      width: side,
      height: side,
      inside: new Uint8Array(side * side).fill(1),
    });
    expect(await open(await pngOf(solid(1), [255, 0]))).toMatchObject({
      ok: false,
      error: { code: 'image-too-small' },
    });
    const white = await open(await pngOf(solid(16), [255, 0]));
    expect(white).toMatchObject({ ok: false, error: { code: 'mask-empty' } });
    expect(white).toHaveProperty('error.message', expect.stringContaining('mask.png'));
    const path = join(folder, 'text.png');
    await writeFile(path, 'no picture at all');
    expect(await open(path)).toMatchObject({ ok: false, error: { code: 'file-unsupported' } });
    expect(await open(join(folder, 'missing.png'))).toMatchObject({
      ok: false,
      error: { code: 'file-unreadable' },
    });
  });
});

describe('fit-flat', () => {
  const side = 64;
  const inside = Uint8Array.from({ length: side * side }, (_, i) =>
    i % side >= 16 && i % side < 48 && Math.floor(i / side) >= 20 && Math.floor(i / side) < 44 ? 1 : 0,
  );
  const mask = { width: side, height: side, inside };
  const options = flatOptionsSchema.parse({ parts: 1, planes: 4, steps: 60 });

  it('shows polygons while it runs, keeps the loss curve, measures on the mask, and is written as SVG', async () => {
    const heard: Heard = { previews: [], progress: [], rows: [] };
    const result = unwrap(
      await fitFlatJob.run({ kind: 'fit-flat', mask, options }, environment, contextOf(heard)),
    );
    expect(heard.previews.length).toBeGreaterThan(options.steps);
    expect(heard.rows.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => 5 * (i + 1)));
    expect(heard.progress.at(-1)?.fraction).toBe(1);
    expect(result.figures).toMatchObject({ partCount: 1, edges: 4 });
    expect(result.figures.iou).toBeGreaterThan(0.95);
    const path = join(folder, 'polygons.svg');
    const bytes = unwrap(await writeFlat(path, drawingOver(mask, result.frame, result.shape)));
    const text = await readFile(path, 'utf8');
    expect(text).toHaveLength(bytes);
    expect(text.match(/<polygon /g)).toHaveLength(1);
    expect(
      await writeFlat(join(folder, 'polygons.gif'), drawingOver(mask, result.frame, result.shape)),
    ).toMatchObject({
      ok: false,
      error: { code: 'usage' },
    });
  });

  it('refuses an empty mask, a full one, one pixel, and a mask whose sides lie', async () => {
    const fit = (bad: FlatMask) =>
      fitFlatJob.run(
        { kind: 'fit-flat', mask: bad, options },
        environment,
        contextOf({ previews: [], progress: [], rows: [] }),
      );
    const of = (value: number, size: number): FlatMask => ({
      width: size,
      height: size,
      inside: new Uint8Array(size * size).fill(value),
    });
    expect(await fit(of(0, 16))).toMatchObject({ ok: false, error: { code: 'mask-empty' } });
    expect(await fit(of(1, 16))).toMatchObject({ ok: false, error: { code: 'mask-full' } });
    expect(await fit(of(1, 1))).toMatchObject({ ok: false, error: { code: 'mask-too-small' } });
    const request = {
      kind: 'fit-flat',
      options,
      mask: { width: 16, height: 16, inside: new Uint8Array(12) },
    };
    expect(jobRequestSchema.safeParse(request).success).toBe(false);
    expect(jobRequestSchema.safeParse({ ...request, mask }).success).toBe(true);
  });

  it('ends when it is cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    const context = contextOf({ previews: [], progress: [], rows: [] }, abort);
    expect(await fitFlatJob.run({ kind: 'fit-flat', mask, options }, environment, context)).toMatchObject({
      error: { code: 'cancelled' },
    });
  });
});
