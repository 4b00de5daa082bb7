import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSamples } from '../../src/main/desktop/samples';
import { readProject } from '../../src/main/files/project/project';
import { readPngDepth } from '../../src/main/files/read/png-depth';
import { loadSource, type LoadedSource } from '../../src/main/files/source/load';
import { cameraSchema } from '../../src/shared/geometry/camera';
import { createInsideTest } from '../../src/shared/geometry/inside';
import { meshMass } from '../../src/shared/geometry/mass';
import { measureTopology } from '../../src/shared/geometry/mesh-topology';
import { volumetricIou } from '../../src/shared/geometry/metrics';
import type { LabelledPoints } from '../../src/shared/geometry/occupancy';
import type { TriangleMesh } from '../../src/shared/geometry/types';
import { createRandom } from '../../src/shared/random';
import { unwrap } from '../../src/shared/result';
import { partContains } from '../../src/shared/shape/explicit';
import { readImage } from '../../src/main/files/image';
import { pictureFile, PICTURES } from './pictures';
import { FITTED, SAMPLES } from './catalogue';
import { sampleFiles, sampleMesh } from './make';

const SEED = 5;
const folder = resolve(import.meta.dirname, '../../resources/samples');
const committed = (file: string): Promise<Uint8Array> => readFile(resolve(folder, file));
/** Width, height and depth, metres, Y up. */
function extentOf({ positions }: TriangleMesh): readonly number[] {
  return [0, 1, 2].map((c) => {
    const values = positions.filter((_, i) => i % 3 === c);
    return Math.max(...values) - Math.min(...values);
  });
}
const named = (name: string) => SAMPLES.find((sample) => sample.name === name)!;

describe.each(SAMPLES.map((sample) => [sample.name, sample] as const))('%s', (_, sample) => {
  it('is closed, has a volume, and stands on the ground', async () => {
    const mesh = await sampleMesh(sample);
    expect(measureTopology(mesh)).toMatchObject({ watertight: true, degenerateTriangles: 0 });
    expect(meshMass(mesh).volume).toBeGreaterThan(0);
    const heights = mesh.positions.filter((_, i) => i % 3 === 1);
    expect(Math.min(...heights)).toBeCloseTo(0, 5);
  });

  it('opens closed, at its own size and upright', async () => {
    const file = resolve(folder, `${sample.name}.${sample.format}`);
    const { facts, notes, frame } = unwrap(await loadSource(file));
    const extent = extentOf(await sampleMesh(sample));
    expect(notes).toEqual([]);
    expect(facts.openEdges).toBe(0);
    const height = frame.upAxis === 'y' ? 1 : 2;
    expect(facts.size[height]).toBeCloseTo(extent[1], 6);
    expect(Math.max(...facts.size)).toBeCloseTo(Math.max(...extent), 6);
  });
});

describe('the committed samples', () => {
  it('are what the script makes: meshes', async () => {
    for (const name of ['chair', 'gear', 'lamp', 'wrench']) {
      const sample = named(name);
      const { files } = await sampleFiles({ ...sample, view: undefined });
      for (const [file, bytes] of files) expect(Buffer.from(bytes).equals(await committed(file))).toBe(true);
    }
  });

  it('are what the script makes: a depth image', async () => {
    const { files } = await sampleFiles(named('mug'));
    // Pixels, not the file's bytes: versions of zlib compress differently.
    const pixels = (bytes: Uint8Array): Float32Array => unwrap(readPngDepth(bytes, 'mug-depth.png')).values;
    const image = pixels(files.get('mug-depth.png')!);
    expect(image.length).toBe(320 * 240);
    expect(pixels(await committed('mug-depth.png'))).toEqual(image);
    const camera = files.get('mug-depth.camera.json')!;
    expect(Buffer.from(camera).equals(await committed('mug-depth.camera.json'))).toBe(true);
  });

  it('are what the script makes: a picture, whose object stands before a plain background', async () => {
    const [sample] = PICTURES;
    const decode = async (bytes: Uint8Array) => unwrap(await readImage(bytes, sample.name));
    const made = await decode(await pictureFile(sample));
    expect(await decode(await committed(`${sample.name}.png`))).toEqual(made);
    expect([...made.rgba.subarray(0, 4)]).toEqual([238, 236, 232, 255]);
  });

  it('are all in the list, with files that are there', async () => {
    const samples = createSamples(folder);
    const listed = await samples.list();
    expect(listed[0].kind).toBe('project');
    expect(listed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['chair-depth', ...SAMPLES.map(({ name }) => name)]),
    );
    for (const { name } of listed) {
      const path = await samples.pathOf(name);
      expect((await readFile(path!)).length).toBeGreaterThan(0);
    }
  });
});

describe('the fitted chair', () => {
  it(`opens with its source and is much like it, seed ${SEED}`, async () => {
    const { document, source } = unwrap(await readProject(resolve(folder, FITTED.file)));
    expect(document.parts.length).toBeGreaterThan(20);
    expect(Buffer.from(source!.bytes).equals(await committed('chair.glb'))).toBe(true);
    const loaded = unwrap(await loadSource(resolve(folder, 'chair.glb')));
    const { box } = unwrap(loaded.sample({ box: 10_000, nearSurface: 0 }, createRandom(SEED)));
    const covered = box.inside.map((_, i) => {
      const [x, y, z] = box.points.subarray(i * 3, i * 3 + 3);
      return document.parts.some((part) => partContains(part, x, y, z)) ? 1 : 0;
    });
    expect(volumetricIou(covered, box.inside)).toBeGreaterThan(0.9);
  });
});

describe.each(['mug', 'chair', 'lamp', 'gear'])('the depth image of the %s', (name) => {
  const load = async (): Promise<LoadedSource> =>
    unwrap(await loadSource(resolve(folder, `${name}-depth.png`)));

  it('has a camera, and a ground that the reader takes away', async () => {
    const text = (await committed(`${name}-depth.camera.json`)).toString();
    expect(cameraSchema.safeParse(JSON.parse(text)).success).toBe(true);
    const { notes, facts } = await load();
    const extent = extentOf(await sampleMesh(named(name)));
    expect(notes).toContain('The ground was found and taken away.');
    // The sensor's own noise is about 2 mm at this distance.
    facts.size.forEach((metres, c) =>
      expect(Math.abs(metres - extent[c])).toBeLessThan(Math.max(0.003, 0.06 * extent[c])),
    );
  });

  it(`labels space as the mesh does, seed ${SEED}`, async () => {
    const source = await load();
    const inside = createInsideTest(await sampleMesh(named(name)));
    const { box, nearSurface } = unwrap(source.sample({ box: 4000, nearSurface: 4000 }, createRandom(SEED)));
    const agreement = ({ points, inside: labels }: LabelledPoints): number => {
      const { origin, metresPerUnit } = source.frame;
      const truth = inside.inside(Float64Array.from(points, (x, i) => origin[i % 3] + metresPerUnit * x));
      return truth.filter((label, i) => label === labels[i]).length / truth.length;
    };
    expect(nearSurface.inside).toContain(1);
    expect(agreement(box)).toBeGreaterThan(0.985);
    expect(agreement(nearSurface)).toBeGreaterThan(0.9);
  });
});
