import { expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import { readPngDepth } from '../read/png-depth';
import { encodeDepthPng } from './depth-png';

it('a depth image is read back value by value, both bytes of each', () => {
  const values = new Uint16Array([9, 9, 0, 1, 255, 256, 4660, 65_535]).subarray(2);
  const read = unwrap(readPngDepth(encodeDepthPng(values, { width: 3, height: 2 }), 'depth.png'));
  expect([read.width, read.height]).toEqual([3, 2]);
  expect(Array.from(read.values)).toEqual([0, 1, 255, 256, 4660, 65_535]);
});
