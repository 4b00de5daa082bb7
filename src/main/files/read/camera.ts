import { cameraSchema, type Camera } from '../../../shared/geometry/camera';
import { ok, type Result } from '../../../shared/result';
import { badFile, truncated, type Failure } from './problems';

/** How far the rotation of a pose may be from orthonormal. */
const ROTATION_TOLERANCE = 1e-3;

/** Reads and checks a camera file. Errors name the field. */
export function readCamera(bytes: Uint8Array, file: string): Result<Camera> {
  if (bytes.length === 0)
    return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Write the camera again.');
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    return truncated(file, `byte ${bytes.length}`, `it is not whole JSON (${(error as Error).message})`);
  }
  const parsed = cameraSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue.path.join('.');
    const missing = typeof json === 'object' && json !== null && !(String(issue.path[0]) in json);
    return badFile(
      'camera-invalid',
      file,
      field ? `field "${field}"` : 'the file',
      missing && field ? 'the field is missing' : issue.message,
      'A camera file has width, height, fx, fy, cx, cy in pixels and depthScale in metres per stored unit.',
    );
  }
  return checkPose(parsed.data, file) ?? ok(parsed.data);
}

function checkPose({ cameraToWorld: m }: Camera, file: string): Failure | null {
  if (!m) return null;
  const bad = (what: string, hint: string): Failure =>
    badFile('camera-invalid', file, 'field "cameraToWorld"', what, hint);
  const determinant =
    m[0] * (m[5] * m[10] - m[6] * m[9]) -
    m[1] * (m[4] * m[10] - m[6] * m[8]) +
    m[2] * (m[4] * m[9] - m[5] * m[8]);
  if (!(Math.abs(determinant) > 1e-9)) {
    return bad(
      `the matrix is singular (determinant ${determinant})`,
      'It must be a rotation and a translation: 16 numbers, row by row.',
    );
  }
  if (m[12] !== 0 || m[13] !== 0 || m[14] !== 0 || m[15] !== 1) {
    const transposed = m[3] === 0 && m[7] === 0 && m[11] === 0 && m[15] === 1;
    return bad(
      `the last row must be 0 0 0 1, found ${m.slice(12).join(' ')}`,
      transposed ? 'The matrix looks column by column: transpose it.' : 'Write the 16 numbers row by row.',
    );
  }
  for (let i = 0; i < 3; i++) {
    for (let j = i; j < 3; j++) {
      const dot = m[i * 4] * m[j * 4] + m[i * 4 + 1] * m[j * 4 + 1] + m[i * 4 + 2] * m[j * 4 + 2];
      if (Math.abs(dot - (i === j ? 1 : 0)) > ROTATION_TOLERANCE) {
        return bad('its upper left 3 x 3 must be a rotation', 'Put any scale into depthScale.');
      }
    }
  }
  return determinant > 0
    ? null
    : bad('it mirrors (determinant -1)', 'The camera looks along +z, x right, y down.');
}
