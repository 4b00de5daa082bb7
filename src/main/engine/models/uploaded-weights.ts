import { tensor } from '@tensorflow/tfjs-core';
import type { Problem } from '../../../shared/result';
import type { WeightArray } from '../../files/model';
import type { WeightSpec, Weights } from '../../learning/network/weights';
import { startTensorflow } from '../../compute/tensorflow';

/** Weights on the backend. */
export interface UploadedWeights {
  /** Gives the weights to `work` until its promise is settled. */
  withWeights<T>(work: (weights: Weights) => Promise<T>): Promise<T>;
  /** Lets them go as soon as nobody has them any more. */
  dispose(): void;
}

const started = new Map<string, Promise<void>>();

/** Brings weights to the engine's backend, which is set up once. */
export async function uploadWeights(
  arrays: ReadonlyMap<string, WeightArray>,
  backend: string,
): Promise<UploadedWeights> {
  const starting = started.get(backend) ?? startTensorflow(backend);
  started.set(backend, starting);
  await starting;
  const upload = (): Weights =>
    new Map([...arrays].map(([key, { shape, data }]) => [key, tensor(data, [...shape])]));
  let weights: Weights | null = upload();
  let lent = 0;
  let isWanted = true;
  const releaseUnused = (): void => {
    if (isWanted || lent > 0 || weights === null) return;
    release(weights);
    weights = null;
  };
  return {
    withWeights: async (work) => {
      // A job may still hold a network that two others pushed out: it then works with weights that go after it.
      weights ??= upload();
      lent++;
      try {
        return await work(weights);
      } finally {
        lent--;
        releaseUnused();
      }
    },
    dispose: () => {
      isWanted = false;
      releaseUnused();
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
