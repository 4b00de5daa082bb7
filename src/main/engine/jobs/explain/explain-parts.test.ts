import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExplainedParts } from '../../../../shared/contract/explain';
import type { Reconstruction } from '../../../../shared/contract/learning';
import { unwrap, type Result } from '../../../../shared/result';
import { partPolytope } from '../../../../shared/shape/explicit';
import { createGrants } from '../../service/grants';
import type { JobContext } from '../../service/job';
import { createSources } from '../../service/sources';
import { createJobRunner } from '../index';

const samples = join(process.cwd(), 'resources/samples');
const grants = createGrants();
const stages: string[] = [];
let folder = '';
let next = 1;

const context: JobContext = {
  signal: new AbortController().signal,
  progress: ({ stage }) => stages.push(stage),
  preview: () => undefined,
  flatPreview: () => undefined,
  picturePreview: () => undefined,
  rows: () => undefined,
  onControl: () => undefined,
};

const jobs = createJobRunner({
  grants,
  sources: createSources(grants),
  backend: 'wasm',
  fieldWorker: '',
  trainWorker: '',
  modelsFolder: join(process.cwd(), 'resources/models'),
});

function grant(path: string): string {
  const token = `00000000-0000-4000-8000-${String(next++).padStart(12, '0')}`;
  grants.add(token, path, false);
  return token;
}

async function explain(
  picture: string,
  model: 'depth' | 'rgb',
  options: { layer?: string; target?: 'all' | 'place' | 'planes' } = {},
): Promise<Result<ExplainedParts>> {
  const request = {
    kind: 'explain-parts',
    model: { name: model },
    image: { token: grant(picture) },
    target: options.target ?? 'all',
    ...(options.layer && { layer: options.layer }),
  } as const;
  return (await jobs.run(request, context)) as Result<ExplainedParts>;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-parts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('explain-parts', () => {
  it('explains the parts of the reconstruction, and says where in space the pixels of a depth image lie', async () => {
    const picture = join(samples, 'chair-depth.png');
    const explained = unwrap(await explain(picture, 'depth'));
    const rebuilt = unwrap(
      (await jobs.run(
        {
          kind: 'reconstruct',
          image: { token: grant(picture) },
          model: { name: 'depth' },
          refine: false,
          seed: 1,
        },
        context,
      )) as Result<Reconstruction>,
    );
    expect(explained.parts).toEqual(rebuilt.shape.parts.map(({ index }) => index));
    expect(explained.seen).toEqual(rebuilt.seen);
    const { layer, layers, values, points } = explained;
    expect(layers.map(({ height }) => height)).toEqual([16, 8, 4, 2]);
    expect(layer).toEqual(layers[1]);
    expect(values.length).toBe(explained.parts.length * layer.height * layer.width);
    expect(values.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
    for (let k = 0; k < explained.parts.length; k++) {
      expect(Math.max(...values.subarray(k * 64, (k + 1) * 64))).toBeGreaterThan(0);
    }

    const pixels = explained.seen.width * explained.seen.height;
    if (points === null) throw new Error('a depth image has points');
    expect(points.length).toBe(3 * pixels);
    const bodies = rebuilt.shape.parts.map((part) => unwrap(partPolytope(part)));
    const [low, high] = [Infinity, -Infinity];
    const box = [0, 1, 2].map((axis) =>
      bodies.reduce(
        ([least, most], { vertices }) => {
          const along = vertices.filter((_, i) => i % 3 === axis);
          return [Math.min(least, ...along), Math.max(most, ...along)] as const;
        },
        [low, high] as readonly [number, number],
      ),
    );
    let measured = 0;
    let inside = 0;
    for (let i = 0; i < pixels; i++) {
      const isSeen = explained.seen.rgba[i * 4] > 0;
      expect(Number.isFinite(points[i * 3])).toBe(isSeen);
      if (!isSeen) continue;
      measured += 1;
      const near = [0, 1, 2].every(
        (axis) => points[i * 3 + axis] > box[axis][0] - 0.1 && points[i * 3 + axis] < box[axis][1] + 0.1,
      );
      if (near) inside += 1;
    }
    expect(measured).toBeGreaterThan(300);
    // The pose puts what was measured on the shape.
    expect(inside / measured).toBeGreaterThan(0.9);
    // The square about the object lies in the file, but for its margin.
    expect(explained.crop.width).toBe(explained.crop.height);
    expect(explained.crop.x).toBeGreaterThan(-0.2 * explained.crop.width);
    expect(stages).toContain('Tracing the parts');
  });

  it('explains a colour picture, by another layer and target, without places in space', async () => {
    const picture = join(samples, 'chair-picture.png');
    const all = unwrap(await explain(picture, 'rgb', { layer: 'stage4' }));
    const place = unwrap(await explain(picture, 'rgb', { layer: 'stage4', target: 'place' }));
    const planes = unwrap(await explain(picture, 'rgb', { layer: 'stage4', target: 'planes' }));
    expect(all.points).toBeNull();
    expect(all.layer).toMatchObject({ name: 'stage4', height: 2, width: 2 });
    all.values.forEach((value, i) =>
      expect(value).toBeCloseTo(Math.hypot(place.values[i], planes.values[i]), 5),
    );
    expect(place.values).not.toEqual(planes.values);
  });

  it('paints nothing where the pose is not known, and still explains', async () => {
    // Without its camera file a wide view is taken for that of a common camera; the pose is then a guess.
    const picture = join(folder, 'alone.png');
    await copyFile(join(samples, 'chair-depth.png'), picture);
    const explained = unwrap(await explain(picture, 'depth', { layer: 'stage4' }));
    const known = explained.points?.some(Number.isFinite);
    expect(explained.notes.some((note) => note.startsWith('Where the camera stood'))).toBe(!known);
    expect(explained.notes.join()).toContain('No camera file was found');
  });

  it('names the layers that there are, and refuses the wrong kind of picture', async () => {
    const picture = join(samples, 'chair-depth.png');
    const wrongLayer = await explain(picture, 'depth', { layer: 'stage9' });
    expect(wrongLayer).toMatchObject({ ok: false, error: { code: 'layer-missing' } });
    expect(wrongLayer.ok ? '' : wrongLayer.error.hint).toContain('stage2 (8 x 8)');
    expect(await explain(picture, 'rgb')).toMatchObject({ ok: false, error: { code: 'wrong-input' } });
  });
});
