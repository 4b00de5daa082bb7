import { describe, expect, it } from 'vitest';
import { exporting } from './exporting.fixture';
import { loadUrdf } from './readers.fixture';

const exports = exporting();

describe('URDF', () => {
  it('gives urdf-loader every collider, and every mesh file is there', async () => {
    const { files } = await exports.write('urdf', 'boxes.urdf');
    const content = await exports.text('boxes.urdf');
    const robot = await loadUrdf(content, exports.folder);
    expect(Object.keys(robot.colliders).sort()).toEqual([
      'Three_boxes_more_col_00',
      'Three_boxes_more_col_01',
      'Three_boxes_more_col_02',
    ]);
    const written = new Set(files.map((file) => file.name));
    expect(robot.meshes).toHaveLength(6);
    expect(robot.meshes.filter((path) => !written.has(path))).toEqual([]);
  });
});
