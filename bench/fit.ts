import { cpus } from 'node:os';
import { createInsideTest } from '../src/shared/geometry/inside';
import { sampleOccupancy } from '../src/shared/geometry/occupancy';
import { sampleBox } from '../src/shared/geometry/sampling';
import { createRandom } from '../src/shared/random';
import { unwrap } from '../src/shared/result';
import type { ConvexShape } from '../src/shared/shape/types';
import { boundsOfPoints } from '../src/main/learning/cvxnet/fit/bounds';
import { fitShape, FIT_SAMPLING } from '../src/main/learning/cvxnet/fit';
import type { ConvexFieldKernel } from '../src/main/compute/kernels/types';
import { openKernel } from '../src/main/compute/field-kernel';
import { createWasmFieldKernel } from '../src/main/compute/kernels/wasm';
import {
  createRapier,
  createVhacd,
  hullOfMesh,
  unionIou,
  unionOfShape,
  type ConvexUnion,
} from './convex-decompositions';
import { fieldWorkerFile } from './field-worker-file';
import { loadBenchShapes, type BenchShape } from './shapes';
import type { BenchTable } from '../src/main/cli/bench-table';

const PARTS = 24;
const PLANES = 16;
const TEST_POINTS = 10_000;
const TEST_SEED = 990_017;
const FIT_SEED = 1;
const LEAST_BUNNY_IOU = 0.94;
const LARGEST_TIME_SHARE = 0.2;

/** Seconds of one run. Ours starts at the mesh: the inside test and the sampling count. */
interface Measured {
  readonly seconds: number;
  readonly iou: number;
  readonly parts: number;
  readonly vertices: number;
}

/** Fits every shape and decomposes it classically, one after the other, and compares IoU and time. */
export async function benchFit(): Promise<BenchTable> {
  const kernel = await createWasmFieldKernel();
  // What the engine uses; the bars are judged on one thread, as the other side has one.
  const threaded = await openKernel('wasm', fieldWorkerFile() ?? '');
  const vhacd = await createVhacd();
  const rapier = await createRapier();
  const rows: { label: string; values: Record<string, number | string> }[] = [];
  const bars: BenchTable['bars'][number][] = [];
  for (const shape of await loadBenchShapes()) {
    const { points, inside } = testSamples(shape);
    const judge = (union: ConvexUnion, seconds: number): Measured => ({
      seconds,
      iou: unionIou(union, points, inside),
      parts: union.bodies.length,
      vertices: union.vertices,
    });
    const time = async (work: () => ConvexUnion | Promise<ConvexUnion>): Promise<Measured> => {
      const startedAt = performance.now();
      const union = await work();
      return judge(union, (performance.now() - startedAt) / 1000);
    };
    const fitted = (on: ConvexFieldKernel = kernel): Promise<Measured> =>
      time(async () => unionOfShape(await fit(shape, on)));
    const before = await fitted();
    const classic = await time(() => vhacd(shape.mesh, PARTS));
    // The same fit before and after, and the mean of both: what else the machine does weighs on both sides alike.
    const after = await fitted();
    const ours = { ...after, seconds: (before.seconds + after.seconds) / 2 };
    const onAllCores = await fitted(threaded);
    const parry = await time(() => rapier(shape.mesh, PARTS));
    const hull = await time(() => hullOfMesh(shape.mesh));
    for (const [who, measured] of [
      ['ours', ours],
      [`ours, ${threaded.name}`, onAllCores],
      ['V-HACD', classic],
      ['Rapier', parry],
      ['convex hull', hull],
    ] as const) {
      const values = { ...measured, 'time / V-HACD': measured.seconds / classic.seconds };
      rows.push({ label: `${shape.name}, ${who}`, values });
    }
    bars.push(...barsOf(shape.name, ours, classic.parts > 0 ? classic : hull));
  }
  return {
    name: `fit, ${PARTS} parts x ${PLANES} planes, one thread each, IoU on ${TEST_POINTS} uniform samples`,
    device: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
    columns: ['iou', 'seconds', 'time / V-HACD', 'parts', 'vertices'],
    rows,
    bars,
  };
}

/** Points that no fit has seen. */
function testSamples({ mesh }: BenchShape): { points: Float32Array; inside: Uint8Array } {
  const points = sampleBox(TEST_POINTS, FIT_SAMPLING.halfSize, createRandom(TEST_SEED));
  return { points, inside: createInsideTest(mesh).inside(points) };
}

async function fit({ mesh }: BenchShape, kernel: ConvexFieldKernel): Promise<ConvexShape> {
  const outcome = await fitShape({
    samples: sampleOccupancy(mesh, FIT_SAMPLING, createRandom(FIT_SEED)),
    options: { parts: PARTS, planes: PLANES, steps: 1000, pointsPerStep: 2048, seed: FIT_SEED },
    within: boundsOfPoints(mesh.positions),
    kernel,
    signal: new AbortController().signal,
    onProgress: () => {},
    onPreview: () => {},
  });
  return unwrap(outcome).shape;
}

function barsOf(name: string, ours: Measured, other: Measured): BenchTable['bars'][number][] {
  const above = {
    what: `${name}: IoU above ${other.parts === 1 ? 'its convex hull' : "V-HACD's"}`,
    bar: `> ${other.iou.toFixed(4)}`,
    reached: ours.iou.toFixed(4),
    met: ours.iou > other.iou,
  };
  if (name !== 'bunny') return [above];
  const share = ours.seconds / other.seconds;
  return [
    above,
    {
      what: 'bunny: IoU',
      bar: `>= ${LEAST_BUNNY_IOU}`,
      reached: ours.iou.toFixed(4),
      met: ours.iou >= LEAST_BUNNY_IOU,
    },
    {
      what: "bunny: share of V-HACD's time, sampling included",
      bar: `<= ${LARGEST_TIME_SHARE}`,
      reached: share.toFixed(3),
      met: share <= LARGEST_TIME_SHARE,
    },
  ];
}
