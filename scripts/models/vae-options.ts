import { parseArgs } from 'node:util';

export interface MakeVaeOptions {
  /** A training run's folder. */
  readonly run: string;
  /** What it learned from: the name of pictures that ship, or a file or folder. */
  readonly data: string;
  /** The model's folder below resources/models. */
  readonly name: string;
  readonly title: string;
  /** How the data and the run were made, for the card. */
  readonly recipe: string;
  /** Pictures of a split that are measured at most, spread evenly. */
  readonly pictures: number;
}

export function readVaeOptions(argv: readonly string[]): MakeVaeOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      run: { type: 'string' },
      data: { type: 'string' },
      name: { type: 'string' },
      title: { type: 'string' },
      recipe: { type: 'string' },
      pictures: { type: 'string', default: '5000' },
    },
  });
  const { run, data, name } = values;
  const pictures = Number(values.pictures);
  if (!run || !data || !name || !Number.isInteger(pictures) || pictures < 1) {
    throw new Error(
      'Usage: npx tsx scripts/make-vae-models.ts --run <run folder> --data <name, file or folder> --name <name> [--title text] [--recipe text] [--pictures n]',
    );
  }
  return { run, data, name, title: values.title ?? name, recipe: values.recipe ?? data, pictures };
}
