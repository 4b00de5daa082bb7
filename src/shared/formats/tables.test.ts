import { describe, expect, it } from 'vitest';
import { FORMATS } from './index';
import { EXPORT_FORMATS, exportOf, formatOf } from './lookup';
import { EXPORT_OPTIONS } from './options';
import { readTable, withTables, writeTable } from './tables';

/** The cells of a Markdown table without its rule, checked to be one: a rule under the heads, rows of equal length. */
function cellsOf(table: string): string[][] {
  const [heads, rule, ...rows] = table.split('\n').map((line) => {
    expect(line).toMatch(/^\| .* \|$/);
    return line.slice(2, -2).split(' | ');
  });
  expect(rule).toEqual(heads.map(() => '---'));
  for (const row of rows) expect(row).toHaveLength(heads.length);
  return [heads, ...rows];
}

describe('the table of what is read', () => {
  it('has a row per thing that is read, with the formats in their order', () => {
    const [heads, ...rows] = cellsOf(readTable());
    expect(heads).toEqual(['read', 'what']);
    const starts = rows.map(([names, what]) => [names, what.split(/[,;:]/)[0]]);
    expect(starts).toEqual([
      ['GLB, glTF, OBJ, STL (ASCII, binary), PLY (ASCII, binary)', 'meshes'],
      ['PLY with normals', 'oriented point clouds'],
      ['`points.npz`', "Occupancy Networks' labelled points"],
      ['16-bit grey PNG, EXR, NPY', 'depth images'],
      ['PNG, JPEG, WebP', 'colour pictures'],
      ["dSprites `.npz`, MNIST's IDX, MVTec AD, UCSD Ped1", expect.stringContaining('collections')],
      ['PNG, JPEG, WebP, TIFF, BMP', 'the pictures of a folder that is a collection'],
      ["TFRecords, Occupancy Networks' folders, our own", expect.stringContaining('data sets')],
      [expect.stringMatching(/safetensors/i), 'models and checkpoints'],
      ['`.halfspace`', 'projects'],
      ['`.camera.json`', 'the camera of a depth image or a picture'],
      ['`.json`', 'what a training run is configured by'],
    ]);
  });

  it('says everything once', () => {
    const [, ...rows] = cellsOf(readTable());
    expect(new Set(rows.map(([, what]) => what)).size).toBe(rows.length);
  });
});

describe('the table of what is written', () => {
  it('begins with the exports: name and extension, id, frame, what they carry, flags', () => {
    const [heads, ...rows] = cellsOf(writeTable());
    expect(heads).toEqual(['write', '`--format`', 'what', 'frame', 'carries', 'options']);
    const cells = rows.slice(0, 8).map(([name, id, , ...rest]) => [name, id, ...rest]);
    const physics = 'mass and inertia, colliders, visual';
    const own = "the shape's own up axis";
    const mesh = '`--separate` `--union` `--up`';
    const body = '`--visual` `--density` `--up`';
    expect(cells).toEqual([
      ['MJCF (`.xml`)', '`mjcf`', 'Z up, metres', `bodies, names, colours, ${physics}`, body],
      ['URDF (`.urdf`)', '`urdf`', 'Z up, metres', `bodies, names, ${physics}`, body],
      ['USD (`.usda`)', '`usd`', `${own}, metres, stated`, `bodies, names, colours, ${physics}`, body],
      [
        'GLB (`.glb`)',
        '`glb`',
        'Y up, metres',
        'bodies, names, colours, visual',
        '`--union` `--visual` `--up`',
      ],
      ['OBJ (`.obj`)', '`obj`', `${own}, metres by convention`, 'bodies, names', mesh],
      ['STL (`.stl`)', '`stl`', `${own}, metres, stated beside it`, 'bodies, names', mesh],
      ['PLY (`.ply`)', '`ply`', `${own}, metres, stated`, 'bodies, names, colours', mesh],
      ['OFF (`.off`)', '`off`', `${own}, metres, stated`, 'bodies, names, colours', mesh],
    ]);
    expect(rows.slice(0, 8).map(([, , what]) => what)).toEqual(EXPORT_FORMATS.map((id) => exportOf(id).what));
  });

  it('ends with what else is saved, each format once', () => {
    const [, ...rows] = cellsOf(writeTable());
    expect(rows.slice(8).map(([name]) => name)).toEqual(['PNG', '`.halfspace`', 'JSON', 'SVG', 'CSV']);
    for (const [name, id, what, ...rest] of rows.slice(8)) {
      expect([id, ...rest]).toEqual(['', '', '', '']);
      const saved = FORMATS.find((format) => format.name === name)!.save!;
      expect(what).toBe(saved.map((one) => one.what).join('; '));
    }
  });

  it('names every flag that there is', () => {
    for (const { flag } of Object.values(EXPORT_OPTIONS)) expect(writeTable()).toContain(`\`--${flag}\``);
  });
});

describe('a README with the tables', () => {
  const bare =
    'one\n<!-- formats read -->\nold\nrows\n<!-- end -->\ntwo\n<!-- formats written -->\nold\n<!-- end -->\nthree\n';

  it('has them between their markers, and all else as it was', () => {
    expect(withTables(bare)).toBe(
      `one\n<!-- formats read -->\n\n${readTable()}\n\n<!-- end -->\ntwo\n` +
        `<!-- formats written -->\n\n${writeTable()}\n\n<!-- end -->\nthree\n`,
    );
  });

  it('does not change when it is written again', () => {
    expect(withTables(withTables(bare))).toBe(withTables(bare));
  });

  it.each(['formats read', 'formats written'])('needs a place for "%s"', (marker) => {
    expect(() => withTables(bare.replace(`<!-- ${marker} -->`, ''))).toThrow(
      `the README has no place for "${marker}"`,
    );
  });
});

describe('files beside an export', () => {
  it('are named after the file, and said in a few words', () => {
    const beside = EXPORT_FORMATS.flatMap((id) => {
      const also = exportOf(id).beside;
      return also ? [[formatOf(id).name, also.name('chair'), also.words('WHAT')]] : [];
    });
    expect(beside).toEqual([
      ['URDF', 'chair_meshes', 'their meshes in WHAT'],
      ['STL', 'chair.stl.json', 'WHAT with the names that STL cannot hold'],
    ]);
  });
});
