import type { Mesh } from 'three';
import { OBJLoader } from 'three/examples/jsm/loaders/OBJLoader.js';
import { describe, expect, it } from 'vitest';
import { exporting } from './exporting.fixture';
import { SUM_OF_VOLUMES, UNION_VOLUME } from './fixtures';
import { geometryVolume } from './readers.fixture';

const exports = exporting();

describe('OBJ', () => {
  it('has one object per part, polygons of the planes, and the volume of the parts', async () => {
    await exports.write('obj', 'boxes.obj');
    const content = await exports.text('boxes.obj');
    expect(content.match(/^o .*$/gm)).toEqual([
      'o Three_boxes_more_col_00',
      'o Three_boxes_more_col_01',
      'o Three_boxes_more_col_02',
    ]);
    expect(content.match(/^f .*$/gm)).toHaveLength(18);
    const volumes = new OBJLoader()
      .parse(content)
      .children.map((child) => geometryVolume((child as Mesh).geometry));
    expect(volumes.reduce((sum, volume) => sum + volume, 0) / SUM_OF_VOLUMES).toBeCloseTo(1, 4);
  });

  it('a union is one watertight surface with the overlap counted once', async () => {
    await exports.write('obj', 'union.obj', { union: true });
    const [child] = new OBJLoader().parse(await exports.text('union.obj')).children;
    expect(geometryVolume((child as Mesh).geometry)).toBeCloseTo(UNION_VOLUME, 8);
  });
});
