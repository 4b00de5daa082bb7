import type { RetrievedShape } from '../../../../shared/contract/learning';
import { fail, ok, type Result } from '../../../../shared/result';
import { partContains, partPolytope } from '../../../../shared/shape/explicit';
import type { ConvexPart, ConvexShape } from '../../../../shared/shape/types';
import type { ModelLibrary } from '../../../files/model';
import { openNetwork, type OpenNetwork } from '../../models/networks';
import type { Job } from '../../service/job';
import { codeFor } from './code';

/** Parts are compared on a grid of so many points per axis over the box of both. */
const GRID = 10;
/** How many shapes are decoded at once. */
const BATCH = 256;
/** Distance to a shape that lacks the part. */
const MISSING = Infinity;

/**
 * The shapes of a model's library that are nearest. Whole shapes: Euclidean distance of the codes. A part: the distance
 * of its translations in learning units plus the share that its polytopes, moved onto each other by their translations,
 * do not have in common (1 - IoU, on a grid of 10 points per axis over the box of both). Shapes without the part are
 * left out.
 */
export const retrieveJob: Job<'retrieve'> = {
  kind: 'retrieve',
  run: async ({ model, latent, part, count }, environment) => {
    const network = await openNetwork(model, environment);
    if (!network.ok) return network;
    const { library, name, config } = network.value;
    const code = codeFor(network.value, latent);
    if (!code.ok) return code;
    if (!library || library.ids.length === 0) {
      return fail({
        code: 'no-library',
        message: `The model ${name} holds no shapes to search.`,
        hint: 'Choose a model that ships.',
      });
    }
    if (part !== null && part >= config.parts) {
      return fail({ code: 'no-such-part', message: `The model ${name} has ${config.parts} parts.` });
    }
    const distances =
      part === null
        ? codeDistances(library, code.value)
        : await partDistances(network.value, library, code.value, part);
    if (!distances.ok) return distances;
    const nearest = distances.value
      .map((distance, row) => ({ distance, row }))
      .filter(({ distance }) => Number.isFinite(distance))
      .sort((a, b) => a.distance - b.distance || a.row - b.row)
      .slice(0, count);
    const shapes: RetrievedShape[] = [];
    for (const { distance, row } of nearest) {
      const found = library.latents.slice(row * config.latent, (row + 1) * config.latent);
      const [{ shape }] = await network.value.decode(found);
      shapes.push({
        id: library.ids[row],
        family: library.families[row],
        distance,
        latent: Array.from(found),
        shape,
      });
    }
    return ok({ shapes });
  },
};

function codeDistances({ latents, ids }: ModelLibrary, code: Float32Array): Result<number[]> {
  return ok(
    ids.map((_, row) =>
      Math.sqrt(code.reduce((sum, value, i) => sum + (value - latents[row * code.length + i]) ** 2, 0)),
    ),
  );
}

async function partDistances(
  network: OpenNetwork,
  { latents, ids }: ModelLibrary,
  code: Float32Array,
  index: number,
): Promise<Result<number[]>> {
  const [{ shape }] = await network.decode(code);
  const own = partOf(shape, index);
  if (!own) {
    return fail({
      code: 'no-such-part',
      message: `Part ${index + 1} has no body in this shape.`,
      hint: 'Select a part that can be seen.',
    });
  }
  const width = network.config.latent;
  const distances: number[] = [];
  for (let row = 0; row < ids.length; row += BATCH) {
    for (const other of await network.decode(latents.slice(row * width, (row + BATCH) * width))) {
      const theirs = partOf(other.shape, index);
      distances.push(theirs ? partDistance(own, theirs) : MISSING);
    }
  }
  return ok(distances);
}

function partOf({ parts }: ConvexShape, index: number): ConvexPart | undefined {
  return parts.find((part) => part.index === index);
}

/** Distance of the same learned part of two shapes; its definition is runRetrieve's. */
export function partDistance(a: ConvexPart, b: ConvexPart): number {
  const apart = Math.hypot(...a.translation.map((value, c) => value - b.translation[c]));
  const [here, there] = [a, b].map((part) => ({ ...part, translation: [0, 0, 0] as const }));
  const reach = Math.max(reachOf(here), reachOf(there));
  let both = 0;
  let either = 0;
  const at = (i: number): number => ((i + 0.5) / GRID - 0.5) * 2 * reach;
  for (let i = 0; i < GRID ** 3; i++) {
    const [x, y, z] = [at(i % GRID), at(Math.floor(i / GRID) % GRID), at(Math.floor(i / GRID ** 2))];
    const inA = partContains(here, x, y, z);
    const inB = partContains(there, x, y, z);
    if (inA && inB) both++;
    if (inA || inB) either++;
  }
  return apart + (either === 0 ? 0 : 1 - both / either);
}

/** How far a part reaches from its translation along the axes, by its corners. */
function reachOf(part: ConvexPart): number {
  const body = partPolytope(part);
  return body.ok ? body.value.vertices.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3) : 1e-3;
}
