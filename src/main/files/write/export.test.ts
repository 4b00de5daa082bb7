import { join } from 'node:path';
import RAPIER from '@dimforge/rapier3d-compat';
import type { Mesh } from 'three';
import { OBJLoader } from 'three/examples/jsm/loaders/OBJLoader.js';
import { describe, expect, it } from 'vitest';
import type { ExportFormat } from '../../../shared/formats/index';
import { EXPORT_FORMATS, extensionOf } from '../../../shared/formats/lookup';
import { boxPart } from '../../../shared/shape/box.fixture';
import { exporting } from './exporting.fixture';
import { threeBoxes } from './fixtures';
import type { FormatWriter } from './writer';
import { geometryVolume } from './readers.fixture';

const exports = exporting();

/** Writers are found by their format's id when they run; this table does not compile where one is missing. */
const WRITERS = {
  mjcf: import('./formats/mjcf'),
  urdf: import('./formats/urdf'),
  usd: import('./formats/usd'),
  glb: import('./formats/glb'),
  obj: import('./formats/obj'),
  stl: import('./formats/stl'),
  ply: import('./formats/ply'),
  off: import('./formats/off'),
} satisfies Record<ExportFormat, Promise<FormatWriter>>;

it.each(EXPORT_FORMATS)('%s is written by its module', async (format) => {
  const { write } = await WRITERS[format];
  expect(write).toBeTypeOf('function');
  const { files } = await exports.write(format, `whole.${extensionOf(format)}`);
  expect(files[0]).toEqual({
    name: join(exports.folder, `whole.${extensionOf(format)}`),
    bytes: (await exports.bytes(`whole.${extensionOf(format)}`)).length,
  });
});

describe('what an export writes', () => {
  it('a folder as destination gets a file named after the document', async () => {
    const { files } = await exports.write('obj', 'a-folder');
    expect(files.map((file) => file.name)).toEqual([
      join(exports.folder, 'a-folder', 'Three_boxes_more.obj'),
    ]);
  });

  it('turns Z up into Y up by a rotation, never a mirror', async () => {
    await exports.write('obj', 'turned.obj', { upAxis: 'y' });
    const volumes = new OBJLoader()
      .parse(await exports.text('turned.obj'))
      .children.map((child) => geometryVolume((child as Mesh).geometry));
    expect(volumes.every((volume) => volume > 0)).toBe(true);
    // The document's frame puts the middle of the first box at (1, 2, 3); up (z) becomes y, and y becomes -z.
    const corner = /^v (\S+) (\S+) (\S+)$/m.exec(await exports.text('turned.obj'));
    expect(
      corner
        ?.slice(1)
        .map(Number)
        .map((value, i) => Math.abs(value - [1, 3, -2][i]).toFixed(3)),
    ).toEqual(['0.050', '0.050', '0.050']);
  });
});

describe('Rapier', () => {
  it('builds a hull of every part', async () => {
    await RAPIER.init();
    await exports.write('obj', 'rapier.obj');
    for (const child of new OBJLoader().parse(await exports.text('rapier.obj')).children) {
      const points = Float32Array.from((child as Mesh).geometry.getAttribute('position').array);
      expect(RAPIER.ColliderDesc.convexHull(points)).not.toBeNull();
    }
  });
});

describe('what cannot be written', () => {
  it('leaves out a part without volume and names it', async () => {
    const document = threeBoxes('z');
    const sliver = { ...boxPart(3, [0, 0, 0], [0.1, 0.1, 0]), name: 'Paper' };
    const { notes } = await exports.write(
      'mjcf',
      'sliver.xml',
      {},
      { ...document, parts: [...document.parts, sliver] },
    );
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('Paper was left out');
    expect((await exports.text('sliver.xml')).match(/class="collision" mesh/g)).toHaveLength(3);
  });

  it('says so when nothing is left', async () => {
    const result = await exports.try('obj', 'nothing.obj', {}, { ...threeBoxes('z'), parts: [] });
    expect(result).toMatchObject({ ok: false, error: { code: 'nothing-to-export' } });
  });

  it('escapes names that XML would read', async () => {
    await exports.write('mjcf', 'names.xml', {}, { ...threeBoxes('z'), name: '"><script>' });
    expect(await exports.text('names.xml')).toContain('<mujoco model="script">');
  });
});
