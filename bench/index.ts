import { benchAttention } from './attention';
import { benchDisentangle } from './disentangle';
import { benchDrag } from './drag';
import { benchFit } from './fit';
import { benchGeometry } from './geometry';
import { benchKernel } from './kernel';
import { benchReconstruct } from './reconstruct';
import { benchTrain } from './train';
import type { BenchTable } from '../src/main/cli/bench-table';

export { formatTable } from './format';

const BENCHMARKS: Readonly<Record<string, () => Promise<BenchTable>>> = {
  geometry: benchGeometry,
  kernel: benchKernel,
  drag: benchDrag,
  fit: benchFit,
  train: benchTrain,
  reconstruct: benchReconstruct,
  attention: benchAttention,
  disentangle: benchDisentangle,
};

/** Takes most of an hour, so it runs by its name alone. */
const LONG: ReadonlySet<string> = new Set(['disentangle']);

export const benchmarkNames: readonly string[] = Object.keys(BENCHMARKS);

/** Runs the named benchmarks (of benchmarkNames), or all but the long ones, one after the other. */
export async function runBenchmarks(
  names: readonly string[],
  progress: (line: string) => void,
): Promise<readonly BenchTable[]> {
  const chosen = names.length > 0 ? names : benchmarkNames.filter((name) => !LONG.has(name));
  const tables: BenchTable[] = [];
  for (const name of chosen) {
    progress(`Running ${name}...`);
    tables.push(await BENCHMARKS[name]());
  }
  return tables;
}
