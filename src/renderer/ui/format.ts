/** Numbers as a person reads them: three significant digits, thin units, never exponents. */
export function significant(value: number, digits = 3): string {
  if (value === 0 || !Number.isFinite(value)) return Number.isFinite(value) ? '0' : '-';
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', {
    minimumFractionDigits: Math.min(decimals, 8),
    maximumFractionDigits: Math.min(decimals, 8),
  });
}

export function count(value: number): string {
  return value.toLocaleString('en');
}

/** A length in metres, in the unit that fits its size. */
export function length(metres: number): string {
  const size = Math.abs(metres);
  if (size >= 1) return `${significant(metres)} m`;
  if (size >= 0.01 || size === 0) return `${significant(metres * 100)} cm`;
  return `${significant(metres * 1000)} mm`;
}

/** A volume in cubic metres; litres and cubic centimetres below. */
export function volume(cubicMetres: number): string {
  const size = Math.abs(cubicMetres);
  if (size >= 0.1 || size === 0) return `${significant(cubicMetres)} m\u00B3`;
  if (size >= 1e-3) return `${significant(cubicMetres * 1000)} L`;
  return `${significant(cubicMetres * 1e6)} cm\u00B3`;
}

export function mass(kilograms: number): string {
  return Math.abs(kilograms) >= 1 ? `${significant(kilograms)} kg` : `${significant(kilograms * 1000)} g`;
}

export function seconds(value: number): string {
  if (value < 10) return `${value.toFixed(1)} s`;
  if (value < 60) return `${Math.round(value)} s`;
  return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}

export function bytes(value: number): string {
  if (value < 1000) return `${value} bytes`;
  if (value < 1e6) return `${significant(value / 1000)} kB`;
  return `${significant(value / 1e6)} MB`;
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
