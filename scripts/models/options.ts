import { parseArgs } from 'node:util';

export interface MakeModelOptions {
  /** A training run's folder. */
  readonly run: string;
  /** The data set's folder. */
  readonly data: string;
  /** The model's folder below resources/models. */
  readonly name: string;
  readonly title: string;
  /** How the data was made, for the card; the run's own words when absent. */
  readonly recipe?: string;
  /** Test shapes to score, spread evenly; all when absent. */
  readonly shapes?: number;
}

export function readOptions(argv: readonly string[]): MakeModelOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      run: { type: 'string' },
      data: { type: 'string' },
      name: { type: 'string' },
      title: { type: 'string' },
      recipe: { type: 'string' },
      shapes: { type: 'string' },
    },
  });
  const { run, data, name } = values;
  if (!run || !data || !name) {
    throw new Error(
      'Usage: npx tsx scripts/make-models.ts --run <run folder> --data <data set> --name <name> [--title text] [--recipe text] [--shapes n]',
    );
  }
  return {
    run,
    data,
    name,
    title: values.title ?? name,
    shapes: values.shapes === undefined ? undefined : Number(values.shapes),
    recipe: values.recipe,
  };
}
