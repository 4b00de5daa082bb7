import { setImmediate } from 'node:timers/promises';
import { createInsideTest } from '../../../shared/geometry/inside';
import { sampleBox, sampleNearSurface } from '../../../shared/geometry/sampling';
import type { TriangleMesh } from '../../../shared/geometry/types';
import type { MeshesOptions } from '../../../shared/dataset/made';
import { createRandom } from '../../../shared/random';
import { ok, type Result } from '../../../shared/result';
import { HALF_SIZE, NEAR_BAND } from '../../synthetic/shapes/samples';
import { drawViews, type RenderedView } from '../../synthetic/shapes/view';
import { throwIfStopped, type WriteControl } from '../new-folder';
import { badFile } from '../read/problems';
import { fromHalf, toHalf } from '../safetensors/half';
import { loadSource } from '../source/load';
import { encodeShape } from './encode-shape';
import type { PlannedMesh } from './shapes-plan';

const stored = (coordinate: number): number => fromHalf(toHalf(coordinate));

/**
 * Reads the mesh at `path` and makes of it what a data set stores of a shape: bytes by file name. It need not be
 * watertight: inside is where its winding number is at least a half. Same file, plan and options, same bytes.
 * Problems: a file that cannot be read, is no mesh, or encloses nothing that the points could find. An abort is thrown,
 * as writers of new folders take it.
 */
export async function meshBytes(
  path: string,
  plan: PlannedMesh,
  { pointsPerSet, views, imageSize, upAxis }: MeshesOptions,
  control: Pick<WriteControl, 'signal'> = {},
): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
  const loaded = await loadSource(path, { upAxis });
  if (!loaded.ok) return loaded;
  const { mesh: read, frame, reference } = loaded.value;
  if (read === null) {
    const what = reference.kind === 'points' ? 'it holds points without faces' : `it is a ${reference.kind}`;
    return badFile(
      'no-surface',
      reference.name,
      'the file',
      what,
      'Only meshes become shapes to learn from.',
    );
  }
  const mesh = frame.upAxis === 'z' ? turnedUpright(read) : read;
  const random = createRandom(plan.pointSeed);
  const test = createInsideTest(mesh);
  // Labels hold for the points as they are stored.
  const label = (points: Float32Array) => ({ points, labels: test.inside(points) });
  const box = label(sampleBox(pointsPerSet, HALF_SIZE, random).map(stored));
  const near = label(sampleNearSurface(mesh, pointsPerSet, NEAR_BAND, random).map(stored));
  const inside = box.labels.reduce((sum, one) => sum + one, 0);
  if (inside === 0 && !near.labels.includes(1)) {
    const what = `none of ${2 * pointsPerSet} points lies inside it`;
    return badFile(
      'no-volume',
      reference.name,
      'the mesh',
      what,
      'Give it a thickness, or draw more points.',
    );
  }
  const pictures: RenderedView[] = [];
  for (const picture of drawViews({ parts: [{ name: PART, mesh }] }, views, imageSize, plan.viewSeed)) {
    pictures.push(picture);
    // The engine answers in between; a large picture takes seconds.
    await setImmediate();
    throwIfStopped(control);
  }
  return ok(
    encodeShape({
      about: {
        family: plan.family,
        seed: plan.seed,
        parameters: { file: plan.file, sha256: reference.sha256 },
        parts: [PART],
        // As the points measure it: the mesh's own counts what it encloses twice, and is wrong where it is open.
        volume: (Math.max(inside, 0.5) / pointsPerSet) * (2 * HALF_SIZE) ** 3,
      },
      samples: { box, near },
      pictures,
      imageSize,
      mesh,
    }),
  );
}

const PART = 'mesh';

/** From z up to y up, as data sets have it. */
function turnedUpright({ positions, indices }: TriangleMesh): TriangleMesh {
  const turned = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    turned[i] = positions[i];
    turned[i + 1] = positions[i + 2];
    turned[i + 2] = -positions[i + 1];
  }
  return { positions: turned, indices };
}
