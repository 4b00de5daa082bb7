import { describe, expect, it } from 'vitest';
import type { Problem, Result } from '../../../shared/result';
import { readCamera } from './camera';
import { readExr } from './exr';
import { encodeExr, encodeNpy, encodePng, floatBytes, text } from './fixtures';
import { readNpyDepth } from './npy-depth';
import { readPngDepth } from './png-depth';

function problemOf(result: Result<unknown>): Problem {
  if (result.ok) throw new Error('expected an error');
  return result.error;
}

function patched(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const out = bytes.slice();
  out.set(values, at);
  return out;
}

describe('depth images and cameras', () => {
  const values = Array.from({ length: 12 }, (_, i) => i);
  const good = { width: 4, height: 3, fx: 4, fy: 4, cx: 1.5, cy: 1, depthScale: 0.001 };
  const cameraOf = (changes: Record<string, unknown>): Result<unknown> =>
    readCamera(text(JSON.stringify({ ...good, ...changes })), 'camera.json');
  const pose = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const poseWith = (at: number, value: number): number[] => pose.map((p, i) => (i === at ? value : p));
  // 40,000 x 30,000 in the header of a small file.
  const huge = patched(encodePng(4, 3, values), 16, 0, 0, 0x9c, 0x40, 0, 0, 0x75, 0x30);

  it.each<[string, Result<unknown>, string, RegExp]>([
    ['empty PNG', readPngDepth(new Uint8Array(0), 'a.png'), 'file-empty', /^a\.png, byte 0/],
    [
      '8-bit PNG',
      readPngDepth(encodePng(4, 3, values, 8), 'a.png'),
      'not-depth',
      /^a\.png, byte 24: .*16-bit grey.*8-bit grey/,
    ],
    [
      'RGB PNG',
      readPngDepth(patched(encodePng(4, 3, values), 25, 2), 'a.png'),
      'not-depth',
      /^a\.png, byte 24: .*16-bit RGB/,
    ],
    [
      'PNG of a billion pixels',
      readPngDepth(huge, 'a.png'),
      'file-too-large',
      /^a\.png, byte 16: the image is 40000 x 30000/,
    ],
    [
      'PNG cut off',
      readPngDepth(encodePng(4, 3, values).slice(0, 60), 'a.png'),
      'file-truncated',
      /^a\.png, byte \d+/,
    ],
    [
      'NPY of a point set',
      readNpyDepth(encodeNpy('<f4', '(12,)', floatBytes(values)), 'a.npy'),
      'not-depth',
      /^a\.npy, the header: .*\(height, width\).*\(12\)/,
    ],
    [
      'EXR without depth',
      readExr(encodeExr(4, 3, { motion: values }), 'a.exr'),
      'not-depth',
      /^a\.exr, the header: .*"motion"/,
    ],
    [
      'EXR cut off',
      readExr(encodeExr(4, 3, { Z: values }).slice(0, -10), 'a.exr'),
      'file-truncated',
      /^a\.exr, byte \d+/,
    ],
    [
      'camera without fx',
      cameraOf({ fx: undefined }),
      'camera-invalid',
      /^camera\.json, field "fx": the field is missing/,
    ],
    [
      'camera without depthScale',
      cameraOf({ depthScale: undefined }),
      'camera-invalid',
      /^camera\.json, field "depthScale": the field is missing/,
    ],
    ['camera with fx 0', cameraOf({ fx: 0 }), 'camera-invalid', /^camera\.json, field "fx"/],
    [
      'camera with a singular pose',
      cameraOf({ cameraToWorld: poseWith(10, 0) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld": the matrix is singular/,
    ],
    [
      'camera with a transposed pose',
      cameraOf({ cameraToWorld: poseWith(12, 3) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld": the last row/,
    ],
    [
      'camera with a scaling pose',
      cameraOf({ cameraToWorld: poseWith(0, 2) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld": .*rotation/,
    ],
    [
      'camera with a mirroring pose',
      cameraOf({ cameraToWorld: poseWith(0, -1) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld": it mirrors/,
    ],
    [
      'camera with 9 numbers',
      cameraOf({ cameraToWorld: pose.slice(0, 9) }),
      'camera-invalid',
      /^camera\.json, field "cameraToWorld"/,
    ],
    [
      'camera that is no JSON',
      readCamera(text('{"width": 4,'), 'camera.json'),
      'file-truncated',
      /^camera\.json, byte 12/,
    ],
  ])('%s', (_, result, code, message) => {
    const problem = problemOf(result);
    expect(problem.message).toMatch(message);
    expect(problem.code).toBe(code);
    expect(problem.hint).toBeTruthy();
  });
});
