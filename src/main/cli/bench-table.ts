/** What a benchmark prints and writes. Both sides of a ratio come from the same run. */
export interface BenchTable {
  readonly name: string;
  /** The machine: processor, cores, Node version. */
  readonly device: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly values: Readonly<Record<string, number | string>>;
  }[];
  /** What was promised and what this run reached. */
  readonly bars: readonly {
    readonly what: string;
    readonly bar: string;
    readonly reached: string;
    readonly met: boolean;
  }[];
}
