import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BenchTable } from './bench-table';
import { fail, ok } from '../../shared/result';
import type { Command } from './command';

/** What the built benchmarks export; they are a bundle of their own, because their peers are development packages. */
interface BenchModule {
  readonly benchmarkNames: readonly string[];
  runBenchmarks(names: readonly string[], progress: (line: string) => void): Promise<readonly BenchTable[]>;
  formatTable(table: BenchTable): string;
}

export const benchCommand: Command = {
  name: 'bench',
  summary: 'Run the benchmarks, each side in the same run, and print ratios.',
  usage: 'halfspace bench [name ...] [--report <report.json>]',
  positionals: [0, 10],
  options: { report: { type: 'string' } },
  run: async ({ positionals, values, progress }) => {
    const bench = (await import(/* @vite-ignore */ join(__dirname, 'bench.cjs'))) as BenchModule;
    const unknown = positionals.find((name) => !bench.benchmarkNames.includes(name));
    if (unknown) {
      const names = bench.benchmarkNames.join(', ');
      return fail({ code: 'usage', message: `There is no benchmark "${unknown}"; there are ${names}.` });
    }
    const tables = await bench.runBenchmarks(positionals, progress);
    if (typeof values.report === 'string') {
      await mkdir(dirname(values.report), { recursive: true });
      await writeFile(values.report, `${JSON.stringify(tables, null, 2)}\n`);
    }
    return ok({ json: tables, lines: tables.map(bench.formatTable) });
  },
};
