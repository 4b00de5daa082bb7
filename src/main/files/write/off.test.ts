import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exporting } from './exporting.fixture';
import { SUM_OF_VOLUMES, UNION_VOLUME } from './fixtures';
import { offTriangles, readOff } from './off.fixture';
import { solidOfTriangles } from './solids.fixture';

const exports = exporting();

describe('OFF', () => {
  it('keeps the polygons of the planes, the volume of the parts and a colour for each', async () => {
    await exports.write('off', 'boxes.off');
    const read = readOff(await exports.text('boxes.off'));
    expect(read.vertices).toHaveLength(24);
    expect(read.faces.map(({ corners }) => corners.length)).toEqual(Array(18).fill(4));
    expect(solidOfTriangles(offTriangles(read), 1).mass / SUM_OF_VOLUMES).toBeCloseTo(1, 6);
    const colours = read.faces.map(({ colour }) => colour.join(' '));
    expect(new Set(colours).size).toBe(3);
    expect(new Set(colours.slice(0, 6)).size).toBe(1);
    expect(read.faces.flatMap(({ colour }) => colour).every((value) => value >= 0 && value <= 255)).toBe(
      true,
    );
  });

  it('says units and names in comments', async () => {
    await exports.write('off', 'named.off');
    expect(readOff(await exports.text('named.off')).comments).toEqual([
      '# Convex parts by Halfspace. Metres.',
      '# Three_boxes_more_col_00: faces 0 to 5',
      '# Three_boxes_more_col_01: faces 6 to 11',
      '# Three_boxes_more_col_02: faces 12 to 17',
    ]);
  });

  it('gives a file per part that is whole by itself', async () => {
    const { files } = await exports.write('off', 'parts.off', { separateParts: true });
    expect(files.map((file) => basename(file.name))).toEqual([
      'parts.off',
      'Three_boxes_more_col_00.off',
      'Three_boxes_more_col_01.off',
      'Three_boxes_more_col_02.off',
    ]);
    const last = readOff(await exports.text('parts_parts/Three_boxes_more_col_02.off'));
    expect(last.vertices).toHaveLength(8);
    expect(solidOfTriangles(offTriangles(last), 1).mass).toBeCloseTo(0.05 ** 3, 9);
  });

  it('counts what overlaps once in a union', async () => {
    await exports.write('off', 'union.off', { union: true });
    const read = readOff(await exports.text('union.off'));
    expect(solidOfTriangles(offTriangles(read), 1).mass).toBeCloseTo(UNION_VOLUME, 8);
  });
});
