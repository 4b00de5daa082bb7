import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import RAPIER from '@dimforge/rapier3d-compat';
import { WebIO } from '@gltf-transform/core';
import loadMujoco from '@mujoco/mujoco';
import { validateBytes } from 'gltf-validator';
import { DOMParser } from 'linkedom';
import { OBJLoader } from 'three/examples/jsm/loaders/OBJLoader.js';
import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js';
import { STLLoader } from 'three/examples/jsm/loaders/STLLoader.js';
import type { BufferGeometry, Mesh } from 'three';
import URDFLoader from 'urdf-loader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportFormat } from '../../../shared/formats/index';
import { exportOptionsSchema, type ExportOptions } from '../../../shared/formats/options';
import type { HalfspaceDocument } from '../../../shared/document/types';
import { openManifold, type ManifoldApi } from '../../../shared/geometry/manifold';
import { meshMass } from '../../../shared/geometry/mass';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { boxPart } from '../../../shared/shape/box.fixture';
import { exportDocument, type ExportReport } from './export';
import { SUM_OF_VOLUMES, threeBoxes, UNION_VOLUME } from './fixtures';

let folder = '';
let manifold: ManifoldApi;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-export-'));
  manifold = await openManifold();
});
afterAll(() => rm(folder, { recursive: true }));

async function write(
  format: ExportFormat,
  name: string,
  options: Partial<ExportOptions> = {},
  document: HalfspaceDocument = threeBoxes('z'),
  visual: TriangleMesh | null = null,
): Promise<ExportReport> {
  const result = await exportDocument({
    document,
    format,
    options: exportOptionsSchema.parse(options),
    destination: join(folder, name),
    visual,
    manifold,
  });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

function volumeOf(geometry: BufferGeometry): number {
  const positions = Float64Array.from(geometry.getAttribute('position').array);
  const indices = geometry.index
    ? Uint32Array.from(geometry.index.array)
    : Uint32Array.from(positions, (_, i) => i).subarray(0, positions.length / 3);
  return meshMass({ positions, indices }).volume;
}

describe('mesh formats', () => {
  it('OBJ has one object per part, polygons of the planes, and the volume of the parts', async () => {
    await write('obj', 'boxes.obj');
    const content = await text('boxes.obj');
    expect(content.match(/^o .*$/gm)).toEqual([
      'o Three_boxes_more_col_00',
      'o Three_boxes_more_col_01',
      'o Three_boxes_more_col_02',
    ]);
    expect(content.match(/^f .*$/gm)).toHaveLength(18);
    const volumes = new OBJLoader()
      .parse(content)
      .children.map((child) => volumeOf((child as Mesh).geometry));
    expect(volumes.reduce((sum, volume) => sum + volume, 0) / SUM_OF_VOLUMES).toBeCloseTo(1, 4);
  });

  it('STL keeps the volume, and says units and names beside it', async () => {
    const { files } = await write('stl', 'boxes.stl', { separateParts: true });
    const bytes = await readFile(join(folder, 'boxes.stl'));
    expect(bytes.length).toBe(84 + 36 * 50);
    const geometry = new STLLoader().parse(new Uint8Array(bytes).buffer);
    expect(volumeOf(geometry) / SUM_OF_VOLUMES).toBeCloseTo(1, 4);
    expect(JSON.parse(await text('boxes.stl.json'))).toMatchObject({
      units: 'metres',
      upAxis: 'z',
      parts: [{ triangles: 12 }, {}, {}],
    });
    expect(files.map((file) => basename(file.name))).toContain('Three_boxes_more_col_02.stl');
  });

  it('PLY keeps the volume and a colour per part', async () => {
    await write('ply', 'boxes.ply');
    const bytes = new Uint8Array(await readFile(join(folder, 'boxes.ply')));
    const geometry = new PLYLoader().parse(bytes.buffer);
    expect(volumeOf(geometry) / SUM_OF_VOLUMES).toBeCloseTo(1, 4);
    const colours = geometry.getAttribute('color');
    expect(new Set(Array.from({ length: 24 }, (_, i) => colours.getX(i).toFixed(3))).size).toBe(3);
  });

  it('a union is one watertight surface with the overlap counted once', async () => {
    await write('obj', 'union.obj', { union: true });
    const [child] = new OBJLoader().parse(await text('union.obj')).children;
    expect(volumeOf((child as Mesh).geometry)).toBeCloseTo(UNION_VOLUME, 8);
  });

  it('a folder as destination gets a file named after the document', async () => {
    const { files } = await write('obj', 'a-folder');
    expect(files.map((file) => file.name)).toEqual([join(folder, 'a-folder', 'Three_boxes_more.obj')]);
  });

  it('turns Z up into Y up by a rotation, never a mirror', async () => {
    await write('obj', 'turned.obj', { upAxis: 'y' });
    const volumes = new OBJLoader()
      .parse(await text('turned.obj'))
      .children.map((child) => volumeOf((child as Mesh).geometry));
    expect(volumes.every((volume) => volume > 0)).toBe(true);
    // The document's frame puts the middle of the first box at (1, 2, 3); up (z) becomes y, and y becomes -z.
    const corner = /^v (\S+) (\S+) (\S+)$/m.exec(await text('turned.obj'));
    expect(
      corner
        ?.slice(1)
        .map(Number)
        .map((value, i) => Math.abs(value - [1, 3, -2][i]).toFixed(3)),
    ).toEqual(['0.050', '0.050', '0.050']);
  });
});

describe('GLB', () => {
  it('passes the validator without an error and has a node per part', async () => {
    await write('glb', 'boxes.glb');
    const bytes = new Uint8Array(await readFile(join(folder, 'boxes.glb')));
    const report = await validateBytes(bytes);
    expect(report.issues.messages).toEqual([]);
    expect(report.issues).toMatchObject({ numErrors: 0, numWarnings: 0 });
    const root = (await new WebIO().readBinary(bytes)).getRoot();
    expect(
      root
        .listNodes()
        .map((node) => node.getName())
        .sort(),
    ).toEqual([
      'Three_boxes_more',
      'Three_boxes_more_col_00',
      'Three_boxes_more_col_01',
      'Three_boxes_more_col_02',
    ]);
    const heights = root.listAccessors().filter((accessor) => accessor.getMax([]).length === 3);
    expect(heights.length).toBeGreaterThan(0);
  });
});

describe('MJCF', () => {
  it('loads in MuJoCo, falls for one second without a warning, and weighs what we say', async () => {
    await write('mjcf', 'boxes.xml', { density: 700 });
    const mujoco = await loadMujoco();
    const model = mujoco.MjModel.from_xml_string(await text('boxes.xml'));
    const data = new mujoco.MjData(model);
    try {
      const masses = Array.from(model.body_mass as Float64Array);
      expect(masses[1] / (UNION_VOLUME * 700)).toBeCloseTo(1, 6);
      expect(masses.reduce((sum, mass) => sum + mass, 0) / (UNION_VOLUME * 700)).toBeCloseTo(1, 3);
      while ((data.time as number) < 1) mujoco.mj_step(model, data);
      const fallen = (data.qpos as Float64Array)[2];
      expect(fallen).toBeGreaterThan(-4.95);
      expect(fallen).toBeLessThan(-4.85);
      const warnings = data.warning;
      const counts = Array.from({ length: warnings.size() }, (_, i) => warnings.get(i)?.number ?? 0);
      expect(counts).toEqual(counts.map(() => 0));
    } finally {
      data.delete();
      model.delete();
    }
  });

  it('rests on a floor on its parts: the colliders are where the shape is', async () => {
    await write('mjcf', 'rest.xml', {});
    const mujoco = await loadMujoco();
    const content = (await text('rest.xml')).replace(
      '<worldbody>',
      '<worldbody><geom type="plane" size="5 5 .1"/>',
    );
    const model = mujoco.MjModel.from_xml_string(content);
    const data = new mujoco.MjData(model);
    try {
      while ((data.time as number) < 3) mujoco.mj_step(model, data);
      // The boxes' lowest face lies 0.05 m under the first box's middle, which is at z = 3.
      expect((data.qpos as Float64Array)[2]).toBeCloseTo(-2.95, 2);
    } finally {
      data.delete();
      model.delete();
    }
  });
});

describe('URDF', () => {
  it('gives urdf-loader every collider, and every mesh file is there', async () => {
    const { files } = await write('urdf', 'boxes.urdf');
    const content = await text('boxes.urdf');
    const parsed = new DOMParser().parseFromString(content, 'text/xml');
    Object.assign(globalThis, { Document: parsed.constructor, Element: parsed.documentElement.constructor });
    const loader = new URDFLoader();
    loader.parseCollision = true;
    loader.workingPath = `${folder}/`;
    const asked: string[] = [];
    loader.loadMeshCb = (path) => void asked.push(path);
    const robot = loader.parse(parsed as unknown as Document);
    expect(Object.keys(robot.colliders).sort()).toEqual([
      'Three_boxes_more_col_00',
      'Three_boxes_more_col_01',
      'Three_boxes_more_col_02',
    ]);
    const written = new Set(files.map((file) => file.name));
    expect(asked).toHaveLength(6);
    expect(asked.filter((path) => !written.has(path))).toEqual([]);
    expect(Number(/<mass value="([^"]+)"/.exec(content)?.[1]) / (UNION_VOLUME * 1000)).toBeCloseTo(1, 6);
  });
});

describe('USD', () => {
  it('states units, axis, mass and one convex hull collider per part', async () => {
    await write('usd', 'boxes.usda');
    const content = await text('boxes.usda');
    expect(content.startsWith('#usda 1.0\n')).toBe(true);
    expect(content).toContain('metersPerUnit = 1');
    expect(content).toContain('upAxis = "Z"');
    expect(content.match(/physics:approximation = "convexHull"/g)).toHaveLength(3);
    expect(content.match(/"PhysicsCollisionAPI", "PhysicsMeshCollisionAPI"/g)).toHaveLength(3);
    expect(Number(/physics:mass = (\S+)/.exec(content)?.[1]) / (UNION_VOLUME * 1000)).toBeCloseTo(1, 6);
    // Brackets balance: every list and block that opens is closed.
    for (const [open, close] of ['()', '[]', '{}']) {
      expect(content.split(open).length).toBe(content.split(close).length);
    }
  });
});

describe('Rapier', () => {
  it('builds a hull of every part', async () => {
    await RAPIER.init();
    await write('obj', 'rapier.obj');
    for (const child of new OBJLoader().parse(await text('rapier.obj')).children) {
      const points = Float32Array.from((child as Mesh).geometry.getAttribute('position').array);
      expect(RAPIER.ColliderDesc.convexHull(points)).not.toBeNull();
    }
  });
});

describe('what cannot be written', () => {
  it('leaves out a part without volume and names it', async () => {
    const document = threeBoxes('z');
    const sliver = { ...boxPart(3, [0, 0, 0], [0.1, 0.1, 0]), name: 'Paper' };
    const { notes } = await write(
      'mjcf',
      'sliver.xml',
      {},
      { ...document, parts: [...document.parts, sliver] },
    );
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('Paper was left out');
    expect((await text('sliver.xml')).match(/class="collision" mesh/g)).toHaveLength(3);
  });

  it('says so when nothing is left', async () => {
    const result = await exportDocument({
      document: { ...threeBoxes('z'), parts: [] },
      format: 'obj',
      options: exportOptionsSchema.parse({}),
      destination: join(folder, 'nothing.obj'),
      visual: null,
      manifold,
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'nothing-to-export' } });
  });

  it('escapes names that XML would read', async () => {
    await write('mjcf', 'names.xml', {}, { ...threeBoxes('z'), name: '"><script>' });
    expect(await text('names.xml')).toContain('<mujoco model="script">');
  });
});
