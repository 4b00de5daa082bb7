import type { RunRow } from '../../../shared/contract/learning';

/** One metric of one run. */
export interface Curve {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** The finite values of a metric; rows without it are left out. */
export function curveOf(rows: readonly RunRow[], metric: string): Curve {
  const steps: number[] = [];
  const values: number[] = [];
  for (const row of rows) {
    const value = row.values[metric];
    if (value === undefined || !Number.isFinite(value)) continue;
    steps.push(row.step);
    values.push(value);
  }
  return { steps, values };
}

/**
 * Exponential moving average, corrected for its start as Adam corrects its moments, so that the first value is the
 * first measured one.
 *
 * @param factor weight of the past, 0 to below 1
 */
export function smoothed(values: readonly number[], factor: number): number[] {
  let average = 0;
  let weight = 0;
  return values.map((value) => {
    average = factor * average + (1 - factor) * value;
    weight = factor * weight + (1 - factor);
    return average / weight;
  });
}

/** Index of the step nearest to `step`; -1 without any. `steps` rise. */
export function nearestIndex(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps[middle] < step) low = middle;
    else high = middle;
  }
  return high >= 0 && Math.abs(steps[high] - step) < Math.abs(steps[low] - step) ? high : Math.min(low, high);
}

/** Bookkeeping that no curve is about. */
const HIDDEN = new Set(['checkpoint']);

/** Every metric that one of the runs has. */
export function metricNames(runs: readonly { readonly rows: readonly RunRow[] }[]): string[] {
  const names = new Set(runs.flatMap(({ rows }) => rows.flatMap(({ values }) => Object.keys(values))));
  return [...names].filter((name) => !HIDDEN.has(name));
}

const WORDS: Readonly<Record<string, string>> = {
  total: 'Loss',
  loss: 'Loss',
  sample: 'Loss: approximation',
  overlap: 'Loss: decomposition',
  balance: 'Loss: guidance',
  center: 'Loss: parameters',
  bbx: 'Loss: localisation',
  validationIou: 'Validation IoU (macro)',
  validationIouMicro: 'Validation IoU (micro)',
  reconstruction: 'Loss: reconstruction',
  divergence: 'Loss: divergence from the prior',
  totalCorrelation: 'Loss: total correlation',
  attentionOverlap: "Loss: overlap of two latents' attention",
  discriminator: "Discriminator's loss",
  validationLoss: 'Validation loss per picture',
  validationReconstruction: 'Validation: reconstruction',
  validationDivergence: 'Validation: divergence from the prior',
  validationOverlap: 'Validation: overlap of attention, all pairs',
  activeLatents: 'Latents in use',
  rate: 'Learning rate',
  samplesPerSecond: 'Samples per second',
};

/** A metric's name as a person reads it: "gradientNorm" becomes "Gradient norm". */
export function metricTitle(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  const latent = /^divergenceOfLatent(\d+)$/.exec(name);
  if (latent) return `Divergence of latent ${latent[1]}`;
  return WORDS[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** A table with a line per run and step and a column per metric, as RFC 4180 has it. */
export function curvesTable(
  runs: readonly { readonly name: string; readonly rows: readonly RunRow[] }[],
): string {
  const names = metricNames(runs);
  const lines = runs.flatMap(({ name, rows }) =>
    rows.map(({ step, values }) => [name, step, ...names.map((metric) => values[metric] ?? '')]),
  );
  return [['run', 'step', ...names], ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
