import { trainingWasm } from '../generated/training';

/** What assembly/training.ts exports; addresses are those of float32 arrays in the backend's memory. */
export interface TrainingExports {
  sumRows(x: number, rows: number, channels: number, out: number): void;
  sumSquaredDeviations(x: number, mean: number, rows: number, channels: number, out: number): void;
  scaleRows(
    x: number,
    mean: number,
    factor: number,
    shift: number,
    rows: number,
    channels: number,
    out: number,
  ): void;
  sumUpstream(dy: number, x: number, mean: number, rows: number, channels: number, out: number): void;
  normalGradient(
    dy: number,
    x: number,
    mean: number,
    drop: number,
    slope: number,
    factor: number,
    rows: number,
    channels: number,
    out: number,
  ): void;
  sumOfSquares(x: number, count: number): number;
  adamStep(
    weight: number,
    gradient: number,
    first: number,
    second: number,
    count: number,
    scale: number,
    beta1: number,
    beta2: number,
    rest1: number,
    rest2: number,
    rate: number,
    epsilon: number,
    out: number,
  ): void;
  blend(a: number, b: number, count: number, share: number, rest: number, out: number): void;
  filterGradient(
    image: number,
    dy: number,
    batch: number,
    height: number,
    width: number,
    inputs: number,
    rows: number,
    columns: number,
    outputs: number,
    taps: number,
    across: number,
    stride: number,
    top: number,
    left: number,
    out: number,
  ): void;
  poolGradient(
    dy: number,
    image: number,
    maxima: number,
    batch: number,
    height: number,
    width: number,
    channels: number,
    rows: number,
    columns: number,
    taps: number,
    across: number,
    stride: number,
    top: number,
    left: number,
    out: number,
  ): void;
  turnFilter(filter: number, taps: number, inputs: number, outputs: number, out: number): void;
}

/** The kernels on a memory that is in use already: they keep nothing in it. */
export function instantiateTraining(memory: WebAssembly.Memory): TrainingExports {
  const binary = Uint8Array.from(atob(trainingWasm), (character) => character.charCodeAt(0));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } });
  return instance.exports as unknown as TrainingExports;
}
