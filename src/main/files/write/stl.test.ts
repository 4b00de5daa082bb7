import { basename } from 'node:path';
import { STLLoader } from 'three/examples/jsm/loaders/STLLoader.js';
import { describe, expect, it } from 'vitest';
import { exporting } from './exporting.fixture';
import { SUM_OF_VOLUMES } from './fixtures';
import { geometryVolume } from './readers.fixture';

const exports = exporting();

describe('STL', () => {
  it('keeps the volume, and says units and names beside it', async () => {
    const { files } = await exports.write('stl', 'boxes.stl', { separateParts: true });
    const bytes = await exports.bytes('boxes.stl');
    expect(bytes.length).toBe(84 + 36 * 50);
    const geometry = new STLLoader().parse(bytes.buffer);
    expect(geometryVolume(geometry) / SUM_OF_VOLUMES).toBeCloseTo(1, 4);
    expect(JSON.parse(await exports.text('boxes.stl.json'))).toMatchObject({
      units: 'metres',
      upAxis: 'z',
      parts: [{ triangles: 12 }, {}, {}],
    });
    expect(files.map((file) => basename(file.name))).toContain('Three_boxes_more_col_02.stl');
  });
});
