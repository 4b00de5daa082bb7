import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js';
import { describe, expect, it } from 'vitest';
import { exporting } from './exporting.fixture';
import { SUM_OF_VOLUMES } from './fixtures';
import { geometryVolume } from './readers.fixture';

const exports = exporting();

describe('PLY', () => {
  it('keeps the volume and a colour per part', async () => {
    await exports.write('ply', 'boxes.ply');
    const bytes = await exports.bytes('boxes.ply');
    const geometry = new PLYLoader().parse(bytes.buffer);
    expect(geometryVolume(geometry) / SUM_OF_VOLUMES).toBeCloseTo(1, 4);
    const colours = geometry.getAttribute('color');
    expect(new Set(Array.from({ length: 24 }, (_, i) => colours.getX(i).toFixed(3))).size).toBe(3);
  });
});
