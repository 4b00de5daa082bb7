import { describe, expect, it } from 'vitest';
import { boxMesh } from '../../../shared/geometry/testing/meshes';
import { documentBodies, safeName } from './bodies';
import { exporting } from './exporting.fixture';
import { threeBoxes } from './fixtures';
import { loadUrdf } from './readers.fixture';
import { parseUsda } from './usda.fixture';

const exports = exporting();
/** The source, in learning units: the frame puts it at (1, 2, 3) metres at half the size. */
const visual = boxMesh([-0.2, -0.1, 0], [0.4, 0.3, 0.6]);
const METRES = [0.9, 1.2, 1.95, 2.15, 3, 3.3];

/** Lowest and highest per axis, rounded: x, x, y, y, z, z. */
function boundsOf(points: readonly number[]): number[] {
  return [0, 1, 2].flatMap((axis) => {
    const values = points.filter((_, at) => at % 3 === axis);
    return [Math.min(...values), Math.max(...values)].map((value) => Number(value.toFixed(6)));
  });
}

describe('the source as the visual', () => {
  it('is one mesh of MJCF that is seen and not hit, in place of the parts', async () => {
    await exports.write('mjcf', 'visual.xml', {}, threeBoxes('z'), visual);
    const text = await exports.text('visual.xml');
    const mesh =
      /<mesh name="Three_boxes_more_visual" inertia="shell" vertex="([^"]*)" face="([^"]*)"\/>/.exec(text)!;
    expect(boundsOf(mesh[1].split(' ').map(Number))).toEqual(METRES);
    expect(mesh[2].split(' ').map(Number)).toEqual([...visual.indices]);
    expect(text.match(/class="visual" mesh="[^"]*"/g)).toEqual([
      'class="visual" mesh="Three_boxes_more_visual"',
    ]);
    expect(text.match(/class="collision" mesh/g)).toHaveLength(3);
    await exports.write('mjcf', 'parts.xml');
    expect(
      (await exports.text('parts.xml')).match(/<geom class="visual" mesh="[^"]*" rgba="[^"]+ 1"/g),
    ).toHaveLength(3);
  });

  it('is one file of URDF beside the colliders', async () => {
    const { files } = await exports.write('urdf', 'visual.urdf', {}, threeBoxes('z'), visual);
    expect(files).toHaveLength(1 + 3 + 1);
    const text = await exports.text('visual.urdf');
    expect(text.match(/<visual name="[^"]*"/g)).toEqual(['<visual name="Three_boxes_more_visual"']);
    expect(text.match(/<collision name/g)).toHaveLength(3);
    const robot = await loadUrdf(text, exports.folder);
    expect(robot.meshes.filter((path) => path.endsWith('_visual.stl'))).toHaveLength(1);
  });

  it('is a mesh of USD without a collider, and makes guides of those', async () => {
    await exports.write('usd', 'visual.usda', {}, threeBoxes('z'), visual);
    const text = await exports.text('visual.usda');
    expect(() => parseUsda(text)).not.toThrow();
    const prim = text.slice(
      text.indexOf('def Mesh "Three_boxes_more_visual"\n'),
      text.indexOf('def Mesh "Three_boxes_more_col_00" ('),
    );
    expect(prim).not.toContain('Physics');
    expect(prim).not.toContain('displayColor');
    expect(prim).toContain(`faceVertexCounts = [${Array.from({ length: 12 }, () => 3).join(', ')}]`);
    expect(prim).toContain(`faceVertexIndices = [${Array.from(visual.indices).join(', ')}]`);
    const points = /points = \[(.*)\]/.exec(prim)![1].replace(/[()]/g, '').split(', ').map(Number);
    expect(boundsOf(points)).toEqual(METRES);
    expect(text.match(/purpose = "guide"/g)).toHaveLength(3);
    await exports.write('usd', 'parts.usda');
    const parts = await exports.text('parts.usda');
    expect([parts.match(/purpose/g), parts.match(/displayColor = \[\(/g)?.length]).toEqual([null, 3]);
  });
});

describe('names', () => {
  it('are letters, digits and underscores, and never begin with a digit or an end in one of those made', () => {
    expect(['Stuhl #1', '  a  b  ', '___x___', '3 legs', 'a3', 'é', '椅子', ''].map(safeName)).toEqual([
      'Stuhl_1',
      'a_b',
      'x',
      '_3_legs',
      'a3',
      'e',
      'shape',
      'shape',
    ]);
    const document = threeBoxes('z');
    const bodies = documentBodies(document, 'z');
    expect(bodies.ok && bodies.value.bodies.map(({ name, title }) => [name, title])).toEqual(
      document.parts.map((part, i) => [`Three_boxes_more_col_0${i}`, part.name]),
    );
  });
});
