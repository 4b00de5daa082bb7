import { describe, expect, it } from 'vitest';
import { coordinate, coordinates, xml } from './numbers';

describe('coordinates', () => {
  it('have nine significant digits, no noise and no minus before 0', () => {
    expect([0.1 + 0.2, 1 / 3, -123456.7891234, 1e-7, -0, -1e-320].map(coordinate)).toEqual([
      '0.3',
      '0.333333333',
      '-123456.789',
      '1e-7',
      '0',
      '-1e-320',
    ]);
    expect(coordinates(Float64Array.of(1, -0, 2.5))).toBe('1 0 2.5');
  });

  it('keep every float32', () => {
    for (const value of [Math.fround(0.1), Math.fround(-1234.567), Math.fround(1e-20)])
      expect(Math.fround(Number(coordinate(value)))).toBe(value);
  });
});

describe('xml', () => {
  it('escapes what a reader of XML would take for its own, everywhere', () => {
    expect(xml(`<a b="c" & d='e'> <`)).toBe('&lt;a b=&quot;c&quot; &amp; d=&apos;e&apos;&gt; &lt;');
    expect(xml('Stuhl 1')).toBe('Stuhl 1');
  });
});
