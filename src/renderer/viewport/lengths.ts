/** The unit that a length scale is spoken in, chosen once per document size so that numbers do not jump units. */
export interface LengthUnit {
  readonly name: 'µm' | 'mm' | 'cm' | 'm' | 'km';
  readonly metres: number;
}

const UNITS: readonly LengthUnit[] = [
  { name: 'km', metres: 1000 },
  { name: 'm', metres: 1 },
  { name: 'cm', metres: 0.01 },
  { name: 'mm', metres: 0.001 },
  { name: 'µm', metres: 1e-6 },
];

/** The unit of round grid steps: 0.1 m reads "10 cm", 0.005 m reads "5 mm". */
export function gridUnit(metres: number): LengthUnit {
  return UNITS.find((unit) => metres >= unit.metres * 0.9999) ?? UNITS[UNITS.length - 1];
}

/** The unit of edit distances inside a thing of this size (metres): fine enough for whole numbers to matter. */
export function editUnit(size: number): LengthUnit {
  const byName = (name: LengthUnit['name']): LengthUnit => UNITS.find((unit) => unit.name === name)!;
  if (size >= 2000) return byName('km');
  if (size >= 20) return byName('m');
  if (size >= 0.002) return byName('mm');
  return byName('µm');
}

/** A length with its unit, four significant figures at most: "12.5 mm". A true minus sign, so that columns align. */
export function formatLength(metres: number, unit: LengthUnit, signed = false): string {
  const value = metres / unit.metres;
  const magnitude = Math.abs(value);
  const digits = magnitude >= 1000 ? 0 : magnitude >= 100 ? 1 : 2;
  const text = magnitude.toFixed(digits);
  const zero = Number(text) === 0;
  const sign = zero ? '' : value < 0 ? '\u2212' : signed ? '+' : '';
  return `${sign}${text} ${unit.name}`;
}

/** A round length without trailing zeros: "10 cm", "2.5 m", "\u22125 mm". */
export function formatRound(metres: number, unit: LengthUnit): string {
  return `${String(Number((metres / unit.metres).toPrecision(6))).replace('-', '\u2212')} ${unit.name}`;
}

/** The round step (1, 2 or 5 times a power of ten) nearest above `size` / `cells`. */
export function roundStep(size: number, cells: number): number {
  const raw = size / cells;
  const power = 10 ** Math.floor(Math.log10(raw));
  const mantissa = raw / power;
  const round = mantissa <= 1.0001 ? 1 : mantissa <= 2.0001 ? 2 : mantissa <= 5.0001 ? 5 : 10;
  return round * power;
}

/**
 * Grid steps of a scene, metres: `minor` about a sixteenth of the learning cube's side, `major` a round multiple of
 * it that is labelled.
 */
export function gridSteps(metresPerUnit: number): { readonly minor: number; readonly major: number } {
  const minor = roundStep(metresPerUnit, 16);
  const mantissa = minor / 10 ** Math.floor(Math.log10(minor) + 1e-9);
  return { minor, major: minor * (mantissa > 1.5 && mantissa < 3 ? 5 : mantissa >= 3 ? 2 : 5) };
}
