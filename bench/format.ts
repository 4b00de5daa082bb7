import type { BenchTable } from '../src/main/cli/bench-table';

/** A table as aligned plain text, with the bars below it. */
export function formatTable(table: BenchTable): string {
  const header = ['', ...table.columns];
  const rows = table.rows.map(({ label, values }) => [
    label,
    ...table.columns.map((column) => cell(values[column])),
  ]);
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells: readonly string[]): string =>
    cells.map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join('  ');
  return [
    `${table.name} (${table.device})`,
    line(header),
    ...rows.map(line),
    ...table.bars.map(
      ({ what, bar, reached, met }) => `${met ? 'met' : 'NOT MET'}: ${what}: ${reached} (bar: ${bar})`,
    ),
    '',
  ].join('\n');
}

function cell(value: number | string | undefined): string {
  if (value === undefined) return '-';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1e-3 ? value.toPrecision(4) : value.toExponential(2);
}
