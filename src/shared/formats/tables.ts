import { FORMATS } from './index';
import { exportOf, EXPORT_FORMATS, formatOf } from './lookup';
import { EXPORT_OPTIONS } from './options';
import type { Carried, ExportDescriptor, ReadRole } from './types';

/** What is read, by role, in the order of the README's table. */
const READ_WORDS: Readonly<Record<ReadRole, string>> = {
  mesh: 'meshes; holes and self-intersections are fine, inverted meshes are turned',
  points: 'oriented point clouds',
  depth: 'depth images, with a camera file',
  picture:
    'colour pictures: upright by their EXIF, 8 or 16 bit, palette, CMYK; the first picture of an animation; up to 64 megapixels',
  collection: 'collections of pictures ([docs/explain.md](docs/explain.md))',
  'collected-picture': 'the pictures of a folder that is a collection',
  'data-set': 'data sets ([docs/training.md](docs/training.md))',
  model: 'models and checkpoints',
  project: 'projects: planes, edits, recipe, source',
  camera: 'the camera of a depth image or a picture',
  configuration: 'what a training run is configured by',
};

const CARRIED_WORDS: Readonly<Record<Carried, string>> = {
  bodies: 'bodies',
  names: 'names',
  colours: 'colours',
  mass: 'mass and inertia',
  colliders: 'colliders',
  visual: 'visual',
};

/** The README's table of what is read, as Markdown. */
export function readTable(): string {
  const rows = new Map<string, string[]>();
  for (const role of Object.keys(READ_WORDS) as ReadRole[]) {
    for (const { name, read } of FORMATS) {
      for (const way of read ?? []) {
        if (way.as !== role) continue;
        const what = way.what ?? READ_WORDS[role];
        rows.set(what, [...(rows.get(what) ?? []), way.name ?? name]);
      }
    }
  }
  return table(
    ['read', 'what'],
    [...rows].map(([what, names]) => [names.join(', '), what]),
  );
}

/** The README's table of what is written, as Markdown: exports with all that they take and carry, then the rest. */
export function writeTable(): string {
  const exports = EXPORT_FORMATS.map((id) => {
    const { name, extensions } = formatOf(id);
    const how = exportOf(id);
    return [
      `${name} (\`.${extensions[0]}\`)`,
      `\`${id}\``,
      how.what,
      frameWords(how),
      how.carries.map((carried) => CARRIED_WORDS[carried]).join(', '),
      how.options.map((option) => `\`--${EXPORT_OPTIONS[option].flag}\``).join(' '),
    ];
  });
  const saves = FORMATS.flatMap(({ name, save }) =>
    save ? [[name, '', save.map(({ what }) => what).join('; '), '', '', '']] : [],
  );
  return table(['write', '`--format`', 'what', 'frame', 'carries', 'options'], [...exports, ...saves]);
}

const UNIT_WORDS: Readonly<Record<ExportDescriptor['units'], string>> = {
  defined: 'metres',
  stated: 'metres, stated',
  beside: 'metres, stated beside it',
  convention: 'metres by convention',
};

function frameWords({ upAxis, units }: ExportDescriptor): string {
  const up = upAxis === 'document' ? "the shape's own up axis" : `${upAxis.toUpperCase()} up`;
  return `${up}, ${UNIT_WORDS[units]}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The README with both tables as the descriptors have them, each between its markers; throws where one is missing. */
export function withTables(readme: string): string {
  const tables = [
    ['formats read', readTable()],
    ['formats written', writeTable()],
  ] as const;
  return tables.reduce((text, [marker, content]) => {
    const place = new RegExp(`(<!-- ${marker} -->\\n).*?(\\n<!-- end -->)`, 's');
    if (!place.test(text)) throw new Error(`the README has no place for "${marker}"`);
    return text.replace(place, (_, start: string, end: string) => `${start}\n${content}\n${end}`);
  }, readme);
}
