import { createInsideTest, type InsideTest } from '../../../shared/geometry/inside';
import { orientOutward, type OrientedMesh } from '../../../shared/geometry/inside-orient';
import { meshMass } from '../../../shared/geometry/mass';
import {
  labelComponents,
  measureTopology,
  weldVertices,
  type MeshTopology,
} from '../../../shared/geometry/mesh-topology';
import { sampleOccupancy } from '../../../shared/geometry/occupancy';
import { sampleNearSurface, surfaceArea } from '../../../shared/geometry/sampling';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { createRandom } from '../../../shared/random';
import { ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from '../read/limits';
import { badFile } from '../read/problems';
import type { ReadMesh } from '../read/types';
import { BOX_HALF_SIZE, boundsOf, frameOf, scaleSize, SURFACE_BAND, toLearning } from './frame';
import { meshGhost } from './ghost';
import type { LoadRequest, SourceBody } from './types';

/** Learning units cubed: below, nothing that a convex part could fill is enclosed. */
const LEAST_VOLUME = 1e-9;

/** Pieces times corners up to which every piece is oriented by itself: some seconds. */
const MOST_PIECE_WORK = 3e8;

/** Points about the surface of an open mesh, one of which must be inside. */
const PROBES = 4000;
const PROBE_SEED = 1;

/** Welds, checks, orients and normalises a mesh. Errors: no area, one triangle, no volume. */
export function meshSource(read: ReadMesh, file: string, request: LoadRequest): Result<SourceBody> {
  const welded = dropUnusedVertices(weldVertices(read.mesh));
  const bounds = boundsOf(welded.positions);
  const triangles = read.mesh.indices.length / 3;
  if (!(bounds.extent <= 2 * READ_LIMITS.coordinate)) {
    return badFile(
      'not-finite',
      file,
      'the mesh',
      `its bounding box is ${bounds.extent} units long; coordinates up to ${READ_LIMITS.coordinate} are read`,
      'A vertex is far off: remove it, or check the number format of the file.',
    );
  }
  if (!(bounds.extent > 0) || surfaceArea(welded) <= 1e-12 * bounds.extent ** 2) {
    return badFile(
      'no-surface',
      file,
      'the mesh',
      `its ${count(triangles, 'triangle')} ${triangles === 1 ? 'covers' : 'cover'} no area`,
      'All corners lie on one point or line: export the mesh again, or check its scale.',
    );
  }
  const normalised = { positions: toLearning(welded.positions, bounds), indices: welded.indices };
  const oriented = orientMesh(normalised);
  const { mesh } = oriented;
  const volume = meshMass(mesh).volume;
  const noVolume = badFile(
    'no-volume',
    file,
    'the mesh',
    `its ${count(triangles, 'triangle')} ${triangles === 1 ? 'encloses' : 'enclose'} no volume`,
    'Only a body can be filled with convex parts: close the mesh, or give the sheet a thickness.',
  );
  if (mesh.indices.length < 12 || !(volume > LEAST_VOLUME)) return noVolume;
  const topology = measureTopology(mesh);
  let test: InsideTest | null = null;
  if (!topology.watertight) {
    test = createInsideTest(mesh);
    const random = createRandom(PROBE_SEED);
    const probe = sampleNearSurface(mesh, PROBES, SURFACE_BAND, random);
    if (!test.inside(probe).includes(1)) return noVolume;
  }
  const metresPerFileUnit = request.metresPerFileUnit ?? 1;
  const frame = frameOf(bounds, metresPerFileUnit, request.upAxis ?? read.upAxis);
  return ok({
    frame,
    facts: {
      vertices: topology.vertices,
      triangles: topology.triangles,
      openEdges: topology.openEdges,
      volume: volume * frame.metresPerUnit ** 3,
      size: scaleSize(bounds.size, metresPerFileUnit),
    },
    notes: [...read.notes, ...oriented.notes, ...topologyNotes(topology, triangles)],
    mesh,
    surface: null,
    sample: (counts, random) => {
      test ??= createInsideTest(mesh);
      return ok(
        sampleOccupancy(mesh, { ...counts, halfSize: BOX_HALF_SIZE, band: SURFACE_BAND }, random, test),
      );
    },
    ghost: () => meshGhost(mesh),
  });
}

/**
 * Orients each body of the mesh, or of a soup of very many pieces only the whole: deciding for each piece whether it
 * lies inside another takes time that grows with pieces times triangles.
 */
function orientMesh(mesh: TriangleMesh): Pick<OrientedMesh, 'mesh' | 'notes'> {
  const pieces = labelComponents(mesh).reduce((most, label) => Math.max(most, label + 1), 0);
  if (pieces * mesh.indices.length <= MOST_PIECE_WORK) return orientOutward(mesh);
  const isInsideOut = meshMass(mesh).volume < 0;
  const notes = [`The mesh has ${count(pieces, 'separate piece')}; each was taken to face the way it does.`];
  if (isInsideOut) notes.push('As a whole it was inside out; its triangles were turned over.');
  return { mesh: isInsideOut ? { ...mesh, indices: mesh.indices.slice().reverse() } : mesh, notes };
}

function topologyNotes(topology: MeshTopology, read: number): string[] {
  const notes: string[] = [];
  if (topology.openEdges > 0) {
    notes.push(
      `The mesh has ${count(topology.openEdges, 'open edge')}: what is inside is decided by its winding number, and its volume is approximate.`,
    );
  }
  if (topology.nonManifoldEdges > 0) {
    notes.push(`The mesh has ${count(topology.nonManifoldEdges, 'edge')} with more than two triangles.`);
  }
  const dropped = read - topology.triangles;
  if (dropped > 0)
    notes.push(`${count(dropped, 'triangle')} without area ${dropped === 1 ? 'was' : 'were'} dropped.`);
  return notes;
}

function count(n: number, thing: string): string {
  return `${n.toLocaleString('en')} ${thing}${n === 1 ? '' : 's'}`;
}

function dropUnusedVertices({ positions, indices }: TriangleMesh): TriangleMesh {
  const remap = new Int32Array(positions.length / 3).fill(-1);
  let used = 0;
  const renamed = indices.map((v) => {
    if (remap[v] < 0) remap[v] = used++;
    return remap[v];
  });
  const kept = new Float64Array(used * 3);
  for (let v = 0; v < remap.length; v++) {
    if (remap[v] >= 0) kept.set(positions.subarray(v * 3, v * 3 + 3), remap[v] * 3);
  }
  return { positions: kept, indices: renamed };
}
