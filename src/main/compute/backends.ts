import { availableParallelism } from 'node:os';
import type { DevicesReport } from '../../shared/contract/jobs';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import { createReferenceFieldKernel } from './kernels/reference';
import type { ConvexFieldKernel } from './kernels/types';
import { createThreadedFieldKernel } from './kernels/wasm';
import { fieldWorkersFrom } from './field-threads';

/** A step of a fit is some hundred microseconds of work; more threads would wait for each other longer than that. */
const MAXIMUM_THREADS = 4;

/** What runs the convex field and the networks in this process. */
export type BackendName = 'wasm' | 'cpu';

interface Probe {
  readonly name: string;
  readonly available: boolean;
  readonly reason: string;
}

/**
 * Chooses the backend: the forced one, else the fastest that works. A forced backend that is missing is a problem,
 * never a silent fallback.
 */
export function chooseBackend(forced: string): Result<BackendName> {
  const probes = probeBackends();
  if (forced === 'auto') return ok(probes[0].available ? 'wasm' : 'cpu');
  const probe = probes.find((candidate) => candidate.name === forced);
  if (!probe) return fail(unknownBackend(forced, probes));
  if (!probe.available) {
    return fail({
      code: 'backend-unavailable',
      message: `The backend "${forced}" cannot run here: ${probe.reason}.`,
      hint: 'Choose another with --backend, or "auto". "halfspace devices" lists them.',
    });
  }
  return ok(forced as BackendName);
}

let threaded: Promise<ConvexFieldKernel> | null = null;

/**
 * The kernel of a backend; the wasm one keeps its threads for the life of the process.
 *
 * @param workerFile the built field-worker entry
 */
export function openKernel(backend: BackendName, workerFile: string): Promise<ConvexFieldKernel> {
  if (backend === 'cpu') return Promise.resolve(createReferenceFieldKernel());
  threaded ??= createThreadedFieldKernel(
    Math.min(availableParallelism(), MAXIMUM_THREADS),
    fieldWorkersFrom(workerFile),
  );
  return threaded;
}

export function reportDevices(active: BackendName): DevicesReport {
  return { active, backends: probeBackends(), cores: availableParallelism() };
}

/** Backends of TensorFlow.js that this version does not use. */
const UNUSED: readonly Probe[] = ['tensorflow', 'webgpu'].map((name) => ({
  name,
  available: false,
  reason: 'this version does not use it: fits and networks run on wasm or cpu',
}));

function probeBackends(): readonly [Probe, ...Probe[]] {
  const simd = supportsSimd();
  return [
    {
      name: 'wasm',
      available: simd,
      reason: simd ? 'WebAssembly with SIMD' : 'this machine has no WebAssembly SIMD',
    },
    {
      name: 'cpu',
      available: true,
      reason: 'plain JavaScript, slow: the reference that the others are held to',
    },
    ...UNUSED,
  ];
}

function unknownBackend(name: string, probes: readonly Probe[]): Problem {
  return {
    code: 'unknown-backend',
    message: `There is no backend "${name}".`,
    hint: `Use auto, ${probes.map((probe) => probe.name).join(' or ')}.`,
  };
}

/** Compiles the smallest module with a SIMD instruction (i32.const 0; i8x16.splat; drop). */
function supportsSimd(): boolean {
  return WebAssembly.validate(
    new Uint8Array([
      0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
    ]),
  );
}
