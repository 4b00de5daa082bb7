/** Writes a coordinate with nine significant digits: more than float32 holds, and no exponent noise from rounding. */
export function coordinate(value: number): string {
  const rounded = Number(value.toPrecision(9));
  return Object.is(rounded, -0) ? '0' : String(rounded);
}

export function coordinates(values: ArrayLike<number>): string {
  return Array.from(values, coordinate).join(' ');
}

/** Escapes text for an XML attribute or element. */
export function xml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}
