import { tensor } from '@tensorflow/tfjs-core';
import type { Problem } from '../../../shared/result';
import type { WeightArray } from '../../files/model';
import type { WeightSpec, Weights } from '../../learning/network/weights';
import type { BackendName } from '../../compute/backends';
import { startTensorflow } from '../../compute/tensorflow';

/** Weights on the backend. */
export interface UploadedWeights {
  /** Gives the weights to `work` until it returns; a promise that it returns may find them gone. */
  withWeights<T>(work: (weights: Weights) => T): T;
  dispose(): void;
}

const started = new Map<BackendName, Promise<void>>();

/** Brings weights to the engine's backend, which is set up once. */
export async function uploadWeights(
  arrays: ReadonlyMap<string, WeightArray>,
  backend: BackendName,
): Promise<UploadedWeights> {
  const starting = started.get(backend) ?? startTensorflow(backend);
  started.set(backend, starting);
  await starting;
  const upload = (): Weights =>
    new Map([...arrays].map(([key, { shape, data }]) => [key, tensor(data, [...shape])]));
  let weights: Weights | null = upload();
  return {
    // A job may still hold a network that two others pushed out: it then works with weights of its own.
    withWeights: (work) => {
      if (weights) return work(weights);
      const own = upload();
      try {
        return work(own);
      } finally {
        release(own);
      }
    },
    dispose: () => {
      if (weights) release(weights);
      weights = null;
    },
  };
}

function release(weights: Weights): void {
  for (const weight of weights.values()) weight.dispose();
}

/** That a configuration does not fit the weights beside it. */
export function mismatch(file: string, what: string): Problem {
  return {
    code: 'model-mismatch',
    message: `${file}: the configuration does not fit the checkpoint: ${what}.`,
    hint: 'Use the configuration that the model was trained with, or take another copy of the model.',
  };
}

/** The problem with weights that a network's specs ask for; null when they are these and no others. */
export function weightsProblem(
  specs: readonly WeightSpec[],
  weights: ReadonlyMap<string, WeightArray>,
  file: string,
): Problem | null {
  for (const { name, shape } of specs) {
    const found = weights.get(name)?.shape;
    if (!found) return mismatch(file, `there is no weight "${name}"`);
    if (found.join() !== shape.join()) {
      return mismatch(
        file,
        `the weight "${name}" has the shape (${found.join(', ')}), needed is (${shape.join(', ')})`,
      );
    }
  }
  if (weights.size === specs.length) return null;
  const known = new Set(specs.map(({ name }) => name));
  const extra = [...weights.keys()].find((name) => !known.has(name));
  return mismatch(file, `the network has no weight "${extra}"`);
}
