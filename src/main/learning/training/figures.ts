import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { takeScalars } from '../../compute/read';
import type { Exchange } from './exchange';

/**
 * The scalars of the last step, which stay on the backend until somebody asks for them: reading at every step would
 * make a GPU wait for the processor and the other way round.
 */
export interface StepScalars {
  /** Puts those of a step in the place of the last ones; they are the holder's from now on. */
  hold(scalars: Readonly<Record<string, Tensor>>): void;
  /** Their means over the workers, each of which must ask; null before a first step. May be asked again. */
  read(): Promise<Readonly<Record<string, number>> | null>;
  dispose(): void;
}

export function holdScalars(exchange: Exchange): StepScalars {
  let held: Readonly<Record<string, Tensor>> = {};
  let figures: Promise<Readonly<Record<string, number>>> | null = null;
  const release = (): void => {
    dispose(Object.values(held));
    held = {};
  };
  const take = async (): Promise<Readonly<Record<string, number>>> => {
    const taken = held;
    held = {};
    const read = await takeScalars(taken);
    const names = Object.keys(read);
    const values = Float32Array.from(names, (name) => read[name]);
    exchange.average(values);
    return Object.fromEntries(names.map((name, i) => [name, values[i]]));
  };
  return {
    hold: (scalars) => {
      release();
      held = scalars;
      figures = null;
    },
    read: async () => {
      if (figures === null && Object.keys(held).length === 0) return null;
      return (figures ??= take());
    },
    dispose: release,
  };
}
