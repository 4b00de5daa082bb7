import type { RunRow } from '../../../shared/contract/learning';

/** Bookkeeping that no curve is about. */
const HIDDEN = new Set(['checkpoint']);

/** Every metric that one of the runs has. */
export function metricNames(runs: readonly { readonly rows: readonly RunRow[] }[]): string[] {
  const names = new Set(runs.flatMap(({ rows }) => rows.flatMap(({ values }) => Object.keys(values))));
  return [...names].filter((name) => !HIDDEN.has(name));
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
