import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UpAxis } from '../../../shared/document/types';
import type { ExportFormat } from '../../../shared/formats/index';
import { EXPORT_FORMATS, exportOf, extensionOf } from '../../../shared/formats/lookup';
import { takesOption } from '../../../shared/formats/options';
import { exporting } from './exporting.fixture';
import { READERS } from './readers.fixture';
import { inFile, skewDocument, solidOfTriangles, unionByLines, type SolidMass } from './solids.fixture';

const DENSITY = 2340;
/** Share of a value's own size: the quadrature's error, and single precision in the files. */
const CLOSE = 2e-4;

const exports = exporting();
const { parts } = skewDocument('y');
const union = unionByLines(parts);
const single = parts.map((part) => unionByLines([part]));

const ups: readonly UpAxis[] = ['y', 'z'];
const cases = EXPORT_FORMATS.flatMap((format) => ups.map((up) => [format, up] as const));
const weighed = cases.filter(([format]) => exportOf(format).carries.includes('mass'));
const united = cases.filter(([format]) => takesOption(format, 'union'));

/** The axis that points up in a file of the format of a document, and in the file when it is told otherwise. */
function upOf(format: ExportFormat, document: UpAxis): UpAxis {
  const own = exportOf(format).upAxis;
  return own === 'document' ? document : own;
}

function expectSame(found: SolidMass, expected: SolidMass): void {
  const trace = expected.inertia[0] + expected.inertia[4] + expected.inertia[8];
  expect(found.mass / expected.mass, 'mass').toBeCloseTo(1, -Math.log10(2 * CLOSE));
  for (const [axis, value] of expected.centre.entries()) {
    expect(Math.abs(found.centre[axis] - value), `centre ${'xyz'[axis]}`).toBeLessThan(CLOSE * 0.1);
  }
  for (const [entry, value] of expected.inertia.entries()) {
    const name = `inertia ${'xyz'[Math.floor(entry / 3)]}${'xyz'[entry % 3]}`;
    expect(Math.abs(found.inertia[entry] - value) / trace, name).toBeLessThan(CLOSE);
  }
}

describe('the body of these tests', () => {
  it('has nothing in common with its mirror images or turns: each entry of the tensor stands apart', () => {
    const { inertia, centre } = union;
    const trace = inertia[0] + inertia[4] + inertia[8];
    const entries = [0, 4, 8, 1, 2, 5].map((k) => inertia[k] / trace);
    const signed = [...entries, ...entries.slice(3).map((value) => -value)].sort((a, b) => a - b);
    const gaps = signed.slice(1).map((value, i) => value - signed[i]);
    expect(Math.min(...gaps)).toBeGreaterThan(40 * CLOSE);
    expect(Math.min(...centre.map(Math.abs))).toBeGreaterThan(0.005);
    const sum = single.reduce((total, { mass }) => total + mass, 0);
    expect(sum / union.mass).toBeGreaterThan(1.05);
  });
});

describe('mass, centre of mass and inertia of the union', () => {
  it.each(weighed)('are stated by %s of a shape with %s up', async (format, up) => {
    const document = skewDocument(up);
    const name = `stated-${up}.${extensionOf(format)}`;
    await exports.write(format, name, { density: DENSITY }, document);
    const read = await READERS[format](join(exports.folder, name));
    expectSame(read.mass!, inFile(union, document.frame, upOf(format, up), DENSITY));
    if (read.density !== undefined) expect(read.density).toBe(DENSITY);
  });

  it.each(weighed)(
    'turn with %s of a shape with %s up that is asked for the other axis',
    async (format, up) => {
      const document = skewDocument(up);
      const upAxis = upOf(format, up) === 'y' ? 'z' : 'y';
      const name = `turned-${up}.${extensionOf(format)}`;
      await exports.write(format, name, { density: DENSITY, upAxis }, document);
      const read = await READERS[format](join(exports.folder, name));
      expectSame(read.mass!, inFile(union, document.frame, upAxis, DENSITY));
    },
  );

  it.each(united)('are those of the surface that %s of a shape with %s up has', async (format, up) => {
    const document = skewDocument(up);
    const name = `union-${up}.${extensionOf(format)}`;
    await exports.write(format, name, { union: true }, document);
    const { bodies } = await READERS[format](join(exports.folder, name));
    expect(bodies).toHaveLength(1);
    const expected = inFile(union, document.frame, upOf(format, up), DENSITY);
    expectSame(solidOfTriangles(bodies[0], DENSITY), expected);
  });
});

describe('the parts', () => {
  it.each(cases)('are where they are in %s of a shape with %s up', async (format, up) => {
    const document = skewDocument(up);
    const name = `parts-${up}.${extensionOf(format)}`;
    await exports.write(format, name, {}, document);
    const { bodies } = await READERS[format](join(exports.folder, name));
    const expected = single.map((one) => inFile(one, document.frame, upOf(format, up), DENSITY));
    const found = bodies.map((body) => solidOfTriangles(body, DENSITY));
    if (found.length === expected.length) found.forEach((solid, i) => expectSame(solid, expected[i]));
    else {
      // STL and PLY put all parts into one surface.
      const total = expected.reduce((sum, { mass }) => sum + mass, 0);
      const centre = [0, 1, 2].map(
        (axis) => expected.reduce((sum, { mass, centre }) => sum + mass * centre[axis], 0) / total,
      );
      expect(found).toHaveLength(1);
      expectSame({ ...found[0], inertia: [] }, { mass: total, centre, inertia: [] });
    }
  });
});
