import type { PackedShape } from '../../../shared/shape/types';
import { chunksFor, JOB_ADDRESS, layOut, WORD, type AddressName, type FieldSize } from './layout';
import {
  closeChunks,
  controlWords,
  runChunks,
  shareChunks,
  type Direction,
  type StartFieldWorker,
} from './pool';
import type { ConvexFieldKernel, FieldGradient } from './types';
import { compileFieldModule, createFieldMemory, instantiateField } from './wasm-module';

/**
 * The fused convex field in WebAssembly with SIMD, float32, for finite inputs.
 *
 * Points are sorted along a Morton curve and cut into tiles of 16, each in a box; planes and parts that cannot matter
 * in a box are left out of it:
 * - Phi_k >= n.x - d for every plane, so if one plane exceeds 18 / sigma on the whole box, C_k < exp(-18) there and 0
 *   is written; if all planes lie below -18 / sigma - ln H / delta, 1 - C_k < exp(-18) and 1 is written.
 * - a plane below another by 16 / delta on the whole box has weight w < exp(-16) everywhere in it. Leaving out at most
 *   H - 1 of these changes Phi by at most (H - 1) exp(-16) / delta, so C by at most sigma (H - 1) exp(-16) / (4 delta):
 *   1.1e-6 at H = 25, delta = 50, sigma = 75.
 * - backward leaves a tile of a part out where each point has upstream 0 or C (1 - C) < exp(-18).
 * So, against exact arithmetic: |dC| <= exp(-18) + sigma (H - 1) exp(-16) / (4 delta); and for each pair of a part and
 * a point that is left out, the derivative of C with respect to Phi, at most sigma / 4 in size, is off by at most
 * sigma exp(-18), that of a plane that is left out by sigma / 4 exp(-16). Rounding adds a few 1e-6 (tested).
 */
export async function createWasmFieldKernel(): Promise<ConvexFieldKernel> {
  const memory = createFieldMemory(false);
  const exports = instantiateField(await compileFieldModule(false), memory);
  return fieldKernel('wasm', memory, exports, 1, (words, direction) => runChunks(exports, words, direction));
}

export interface ThreadedFieldKernel extends ConvexFieldKernel {
  readonly threads: number;
  /** Ends the worker threads; the kernel cannot be used afterwards. */
  dispose(): void;
}

/**
 * The same kernel on `threads` threads, the caller's among them; `start` starts the others. The results are
 * bit-identical to those of one thread.
 */
export async function createThreadedFieldKernel(
  threads: number,
  start: StartFieldWorker,
): Promise<ThreadedFieldKernel> {
  const module = await compileFieldModule(true);
  const memory = createFieldMemory(true);
  const exports = instantiateField(module, memory);
  closeChunks(controlWords(memory));
  const workers = Array.from({ length: threads - 1 }, (_, i) => start({ module, memory, thread: i + 1 }));
  const dispose = (): void => workers.forEach((worker) => worker.terminate());
  try {
    await Promise.all(workers.map((worker) => worker.ready));
  } catch (error) {
    dispose();
    throw error;
  }
  const kernel = fieldKernel(`wasm x ${threads}`, memory, exports, threads, (words, direction) =>
    shareChunks(exports, words, direction),
  );
  return { ...kernel, threads, dispose };
}

/** Points that forward takes at once: more would only cost memory. */
const FORWARD_BLOCK = 65536;

type RunChunks = (words: Int32Array, direction: Direction) => void;

/** The float32 view of the memory, kept until the memory grows or the sizes change. */
interface FieldBuffers {
  readonly size: FieldSize;
  readonly floats: Float32Array;
  readonly addresses: Readonly<Record<AddressName, number>>;
}

function fieldKernel(
  name: string,
  memory: WebAssembly.Memory,
  exports: ReturnType<typeof instantiateField>,
  threads: number,
  run: RunChunks,
): ConvexFieldKernel {
  const words = controlWords(memory);
  const sharpnessWord = new Float32Array(memory.buffer, JOB_ADDRESS + WORD.sharpness * 4, 1);
  let buffers: FieldBuffers | undefined;
  // A memory that is not shared detaches its views when it grows; these two are then made anew by `control`.
  let control = { words, sharpnessWord };

  const makeBuffers = (size: FieldSize): FieldBuffers => {
    const { addresses, scratchBytes, end } = layOut(size, threads);
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) {
      memory.grow(Math.ceil(missing / 65536));
      control = {
        words: controlWords(memory),
        sharpnessWord: new Float32Array(memory.buffer, JOB_ADDRESS + WORD.sharpness * 4, 1),
      };
    }
    const block = control.words;
    block[WORD.parts] = size.parts;
    block[WORD.planes] = size.planes;
    block[WORD.dims] = size.dims;
    block[WORD.points] = size.points;
    block[WORD.chunks] = chunksFor(size.points);
    block[WORD.scratchBytes] = scratchBytes;
    for (const [key, address] of Object.entries(addresses)) block[WORD[key as AddressName]] = address;
    return { size, floats: new Float32Array(memory.buffer), addresses };
  };

  const load = (shape: PackedShape<Float32Array>, points: Float32Array): FieldBuffers => {
    const size = {
      dims: shape.dims,
      parts: shape.parts,
      planes: shape.planes,
      points: points.length / shape.dims,
    };
    const isSame = buffers !== undefined && sameSize(buffers.size, size);
    const current = isSame && buffers !== undefined ? buffers : makeBuffers(size);
    buffers = current;
    const { floats, addresses } = current;
    control.sharpnessWord[0] = shape.sharpness;
    floats.set(shape.normals, addresses.normalsAt / 4);
    floats.set(shape.offsets, addresses.offsetsAt / 4);
    floats.set(shape.translations, addresses.translationsAt / 4);
    floats.set(shape.smoothness, addresses.smoothnessAt / 4);
    exports.packPlanes(JOB_ADDRESS);
    if (!isSame || differ(floats, addresses.pointsAt / 4, points)) {
      floats.set(points, addresses.pointsAt / 4);
      exports.tilePoints(JOB_ADDRESS);
    }
    return current;
  };

  const forward = (shape: PackedShape<Float32Array>, points: Float32Array, out: Float32Array): void => {
    const { parts, dims } = shape;
    const count = points.length / dims;
    if (out.length === 0) return;
    for (let from = 0; from < count; from += FORWARD_BLOCK) {
      const block = points.subarray(from * dims, (from + FORWARD_BLOCK) * dims);
      const { floats, addresses, size } = load(shape, block);
      run(control.words, 'forward');
      for (let k = 0; k < parts; k++) {
        const at = addresses.indicatorAt / 4 + k * size.points;
        out.set(floats.subarray(at, at + size.points), k * count + from);
      }
    }
  };

  const backward = (
    shape: PackedShape<Float32Array>,
    points: Float32Array,
    indicator: Float32Array,
    upstream: Float32Array,
    out: FieldGradient,
  ): void => {
    if (indicator.length === 0) {
      for (const part of Object.values(out) as Float32Array[]) part.fill(0);
      return;
    }
    const { floats, addresses } = load(shape, points);
    floats.set(indicator, addresses.indicatorAt / 4);
    floats.set(upstream, addresses.upstreamAt / 4);
    run(control.words, 'backward');
    exports.reduceGradients(JOB_ADDRESS);
    const read = (target: Float32Array, address: number): void =>
      target.set(floats.subarray(address / 4, address / 4 + target.length));
    read(out.normals, addresses.normalGradientAt);
    read(out.offsets, addresses.offsetGradientAt);
    read(out.translations, addresses.translationGradientAt);
    read(out.smoothness, addresses.smoothnessGradientAt);
    read(out.points, addresses.pointGradientAt);
  };
  return { name, forward, backward };
}

function sameSize(a: FieldSize, b: FieldSize): boolean {
  return a.dims === b.dims && a.parts === b.parts && a.planes === b.planes && a.points === b.points;
}

/** Comparing is a tenth of the cost of sorting, and backward nearly always has forward's points. */
function differ(floats: Float32Array, at: number, points: Float32Array): boolean {
  for (let i = 0; i < points.length; i++) if (floats[at + i] !== points[i]) return true;
  return false;
}
