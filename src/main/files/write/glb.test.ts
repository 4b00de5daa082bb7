import { WebIO } from '@gltf-transform/core';
import { validateBytes } from 'gltf-validator';
import { describe, expect, it } from 'vitest';
import { exporting } from './exporting.fixture';

const exports = exporting();

describe('GLB', () => {
  it('passes the validator without an error and has a node per part', async () => {
    await exports.write('glb', 'boxes.glb');
    const bytes = await exports.bytes('boxes.glb');
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
