import { basename } from 'node:path';
import type { Camera } from '../../../shared/geometry/camera';
import { ok, type Result } from '../../../shared/result';
import { readCamera } from '../read/camera';
import { READ_LIMITS } from '../read/limits';
import { badFile } from '../read/problems';
import type { ReadDepth } from '../read/types';
import { readBytes } from './bytes';
import { findCamera } from './camera-file';
import { removeBackground, type BackgroundPlane } from './depth/background';
import { completeByGround, completeByMirror, type Completed } from './depth/complete';
import { estimateNoise, smoothDepth, smoothingRadius } from './depth/noise';
import { depthNormals } from './depth/normals';
import { dropSpecks } from './depth/object-mask';
import { sampleKnownBox, sampleKnownSurface } from './depth/samples';
import { observeSpace, type ObservedSpace } from './depth/space';
import { backProject, createView, footprint, type DepthView } from './depth/view';
import { boundsOf, frameOf, scaleSize, toLearning } from './frame';
import { pointGhost } from './ghost';
import type { LoadRequest, SourceBody } from './types';

/** Fewer pixels of an object say nothing about its shape. */
const LEAST_PIXELS = 16;

/** A depth image with the camera file that was named or lies beside it. */
export async function loadDepth(
  read: ReadDepth,
  path: string,
  request: LoadRequest,
): Promise<Result<SourceBody>> {
  const file = basename(path);
  const cameraPath = request.cameraPath ?? (await findCamera(path));
  if (!cameraPath) {
    const stem = file.replace(/\.[^.]*$/, '');
    return badFile(
      'camera-missing',
      file,
      'its folder',
      `a depth image needs a camera file, ${stem}.camera.json or camera.json`,
      'Put one beside the image or choose it: width, height, fx, fy, cx, cy and depthScale.',
    );
  }
  const bytes = await readBytes(cameraPath, READ_LIMITS.cameraBytes);
  if (!bytes.ok) return bytes;
  const camera = readCamera(bytes.value, basename(cameraPath));
  return camera.ok ? depthSource(read, camera.value, file, basename(cameraPath), request) : camera;
}

/** A depth image as a source: the object apart from its background, and what the rays tell about space. */
export function depthSource(
  read: ReadDepth,
  camera: Camera,
  file: string,
  cameraFile: string,
  request: LoadRequest,
): Result<SourceBody> {
  const upAxis = request.upAxis ?? camera.upAxis ?? 'y';
  const made = createView(read, camera, upAxis, file, cameraFile);
  if (!made.ok) return made;
  const raw = made.value;
  const mask = Uint8Array.from(raw.depth, (metres) => (metres > 0 ? 1 : 0));
  const radius = smoothingRadius(raw, mask, estimateNoise(raw, mask));
  const view = smoothDepth(raw, radius);
  const planes = removeBackground(view, mask);
  const specks = dropSpecks(view, mask);
  const pixels = mask.reduce((sum, m) => sum + m, 0);
  if (pixels < LEAST_PIXELS) {
    return badFile(
      'no-depth',
      file,
      'the object',
      `${LEAST_PIXELS} pixels of an object are needed, found ${pixels} in front of the background`,
      'Bring the object closer, or check depthScale and maximumDepth in the camera file.',
    );
  }
  const visible = visiblePoints(view, mask);
  const { extent } = boundsOf(visible);
  // Averaging n values divides their noise by the root of n.
  const noise = estimateNoise(raw, mask) / (2 * radius + 1);
  const observed = observeSpace(view, mask, planes, extent, noise);
  const completed = complete(request, view, mask, visible, observed, planes, extent);
  const backs = visiblePoints(view, mask, observed.thickness);
  const whole = concat([visible, backs, completed?.added ?? new Float64Array(0)]);
  const bounds = boundsOf(whole);
  const points = toLearning(visible, bounds);
  const normals = depthNormals(view, mask);
  const metresPerFileUnit = request.metresPerFileUnit ?? 1;
  // Labels are asked for in the camera's metres, whatever a person says a metre is.
  const local = frameOf(bounds, 1, upAxis);
  const label = completed?.label ?? observed.label;
  return ok({
    frame: frameOf(bounds, metresPerFileUnit, upAxis),
    facts: {
      vertices: pixels,
      triangles: 0,
      openEdges: 0,
      volume: null,
      size: scaleSize(bounds.size, metresPerFileUnit),
    },
    notes: [...read.notes, ...notesOf(view, mask, planes, specks), ...(completed ? [completed.note] : [])],
    mesh: null,
    surface: { points, normals },
    sample: (counts, random) => {
      const box = sampleKnownBox(counts.box, label, local, random);
      const nearSurface = sampleKnownSurface(counts.nearSurface, label, local, points, random);
      return counts.box + counts.nearSurface > 0 && box.inside.length + nearSurface.inside.length === 0
        ? badFile(
            'no-depth',
            file,
            'the object',
            'no place around it is known',
            'Open an image with more measured pixels.',
          )
        : ok({ box, nearSurface });
    },
    ghost: () => pointGhost(points),
  });
}

function complete(
  { completion }: LoadRequest,
  view: DepthView,
  mask: Uint8Array,
  visible: Float64Array,
  space: ObservedSpace,
  planes: readonly BackgroundPlane[],
  extent: number,
): Completed | null {
  if (completion === 'mirror') return completeByMirror(view, visible, space, extent);
  if (completion !== 'ground') return null;
  const farthest = view.depth.reduce((most, metres, i) => (mask[i] ? Math.max(most, metres) : most), 0);
  return completeByGround(view, visible, space, planes, 2 * footprint(view, farthest));
}

/** [K, 3] back-projected pixels of the mask, metres; `behind` metres farther along their rays. */
function visiblePoints(view: DepthView, mask: Uint8Array, behind?: Float32Array): Float64Array {
  const out = new Float64Array(3 * mask.reduce((sum, m) => sum + m, 0));
  let at = 0;
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const metres = view.depth[i] + (behind?.[i] ?? 0);
    out.set(backProject(view, i % view.width, Math.floor(i / view.width), metres), at);
    at += 3;
  }
  return out;
}

function concat(lists: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    out.set(list, at);
    at += list.length;
  }
  return out;
}

function notesOf(
  view: DepthView,
  mask: Uint8Array,
  planes: readonly BackgroundPlane[],
  specks: number,
): readonly string[] {
  const notes = ['Only what the camera saw is known; a band behind the visible surface counts as inside.'];
  for (const { isGround } of planes) {
    notes.push(
      isGround ? 'The ground was found and taken away.' : 'A flat background was found and taken away.',
    );
  }
  if (specks > 1) notes.push(`Specks of ${specks} pixels apart from the object were dropped.`);
  if (surroundedByNothing(view, mask)) {
    notes.push('Around the object nothing was measured, so its outline is not held by free space beside it.');
  }
  return notes;
}

/** True when most pixels next to the object's outline measured nothing. */
function surroundedByNothing({ width, depth }: DepthView, mask: Uint8Array): boolean {
  let beside = 0;
  let empty = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i]) continue;
    const touches = [i - 1, i + 1, i - width, i + width].some((j) => mask[j] === 1);
    if (!touches) continue;
    beside++;
    if (depth[i] === 0) empty++;
  }
  return beside > 0 && empty > beside / 2;
}
