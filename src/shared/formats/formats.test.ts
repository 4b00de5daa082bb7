import { describe, expect, it } from 'vitest';
import { dialogSchema } from '../contract/bridge';
import { jobRequestSchema } from '../contract/jobs';
import { createDocument } from '../document/build';
import { FORMATS, type FormatId } from './index';
import {
  EXPORT_FORMATS,
  exportFormatOfName,
  exportOf,
  extensionOf,
  extensionOfName,
  extensionsReadAs,
  formatOf,
  formatOfExtension,
  formatsReadAs,
  isProjectName,
  isReadAs,
  namesReadAs,
  savedAs,
  shortNamesReadAs,
  upAxisReadAs,
} from './lookup';
import {
  EXPORT_OPTIONS,
  exportOptionsSchema,
  formatsWith,
  OPTION_NAMES,
  refusedOption,
  takesOption,
} from './options';

describe('descriptors', () => {
  it('have ids and extensions of their own', () => {
    const ids = FORMATS.map(({ id }) => id);
    const extensions = FORMATS.flatMap((format) => format.extensions);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(extensions).size).toBe(extensions.length);
  });

  it('are each read, exported or saved', () => {
    expect(FORMATS.filter((format) => !format.read && !format.export && !format.save)).toEqual([]);
  });

  it('carry what their options speak of', () => {
    for (const id of EXPORT_FORMATS) {
      const { carries } = exportOf(id);
      expect(takesOption(id, 'density'), id).toBe(carries.includes('mass'));
      expect(takesOption(id, 'includeVisual'), id).toBe(carries.includes('visual'));
      // A collider per part is the point of the formats that carry mass; a mesh may be one surface.
      expect(takesOption(id, 'union'), id).toBe(!carries.includes('colliders'));
    }
  });

  it('have extensions that a dialog takes', () => {
    for (const { extensions } of FORMATS) {
      expect(dialogSchema.safeParse({ purpose: 'open', extensions }).success).toBe(true);
    }
    const everything = extensionsReadAs('project', 'mesh', 'points', 'depth', 'picture');
    expect(dialogSchema.safeParse({ purpose: 'open', extensions: everything }).success).toBe(true);
  });
});

describe('names of files', () => {
  it.each<[string, string]>([
    ['a.OBJ', 'obj'],
    ['a.b.obj', 'obj'],
    ['C:\\v1.2\\chair', ''],
    ['/v1.2/chair', ''],
    ['.obj', ''],
    ['/a/.obj', ''],
    ['chair.', ''],
    ['a.obj/chair', ''],
    ['a.obj\\chair', ''],
    ['a.o bj', 'o bj'],
    ['a.obj~', 'obj~'],
  ])('the extension of %s is "%s"', (name, extension) => {
    expect(extensionOfName(name)).toBe(extension);
  });

  it.each<[string, FormatId | null]>([
    ['a.xml', 'mjcf'],
    ['a.usda', 'usd'],
    ['a.GLB', 'glb'],
    ['a.gltf', null],
    ['a.halfspace', null],
    ['a', null],
  ])('%s asks for %s', (name, format) => {
    expect(exportFormatOfName(name)).toBe(format);
  });

  it('tells what a file may be read as', () => {
    expect(isReadAs('a.png', 'depth')).toBe(true);
    expect(isReadAs('a.png', 'mesh', 'picture')).toBe(true);
    expect(isReadAs('a.tif', 'picture')).toBe(false);
    expect(isReadAs('a.tif', 'collected-picture')).toBe(true);
    expect(isReadAs('png', 'picture')).toBe(false);
    expect(isProjectName('A.Halfspace')).toBe(true);
  });

  it('lists extensions by role, once each', () => {
    expect(extensionsReadAs('picture', 'depth')).toEqual(['png', 'jpg', 'jpeg', 'webp', 'exr', 'npy']);
    expect(formatsReadAs('model').map(extensionOf)).toEqual(['safetensors']);
    expect(namesReadAs('depth')).toBe('16-bit grey PNG, EXR and NPY');
    expect(namesReadAs('project')).toBe('.halfspace');
    expect(namesReadAs('points')).toBe('PLY with normals and points.npz');
    expect(namesReadAs('picture')).toBe('PNG, JPEG and WebP');
    expect(shortNamesReadAs('depth')).toBe('PNG, EXR, NPY');
    expect(shortNamesReadAs('mesh')).toBe('GLB, glTF, OBJ, STL, PLY');
  });

  it('tells what a drawing is saved as', () => {
    expect(savedAs('a.svg', 'drawing')).toBe('svg');
    expect(savedAs('a.json', 'drawing')).toBe('json');
    expect(savedAs('a.csv', 'drawing')).toBeNull();
  });

  it('tells what else is saved, whatever the case of the extension', () => {
    expect(savedAs('a.PNG', 'picture')).toBe('png');
    expect(savedAs('a.csv', 'table')).toBe('csv');
    expect(savedAs('a.json', 'configuration')).toBe('json');
    expect(savedAs('a.halfspace', 'project')).toBe('halfspace');
    // Read, not saved.
    expect(savedAs('a.gltf', 'project')).toBeNull();
    expect(savedAs('a', 'project')).toBeNull();
  });

  it.each<[string, FormatId]>([
    ['xml', 'mjcf'],
    ['usda', 'usd'],
    ['jpg', 'jpeg'],
    ['jpeg', 'jpeg'],
    ['tif', 'tiff'],
    ['tiff', 'tiff'],
    ['gz', 'idx'],
    ['halfspace', 'halfspace'],
  ])('.%s belongs to %s', (extension, id) => {
    expect(formatOfExtension(extension)?.id).toBe(id);
  });

  it('an extension that nobody owns has no format', () => {
    expect(formatOfExtension('docx')).toBeNull();
    expect(formatOfExtension('')).toBeNull();
  });
});

describe('roles', () => {
  it('have the extensions that a dialog offers for them', () => {
    expect(extensionsReadAs('mesh')).toEqual(['glb', 'gltf', 'obj', 'stl', 'ply']);
    expect(extensionsReadAs('points')).toEqual(['ply', 'npz']);
    expect(extensionsReadAs('mesh', 'points')).toEqual(['glb', 'gltf', 'obj', 'stl', 'ply', 'npz']);
    expect(extensionsReadAs('collection')).toEqual(['npz', 'gz']);
    expect(extensionsReadAs('collected-picture')).toEqual([
      'png',
      'jpg',
      'jpeg',
      'webp',
      'tif',
      'tiff',
      'bmp',
    ]);
    expect(extensionsReadAs('camera')).toEqual(['json']);
    expect(extensionsReadAs('configuration')).toEqual(['json']);
    expect(extensionsReadAs('data-set')).toEqual([]);
    expect(extensionsReadAs()).toEqual([]);
  });

  it('of folders have no extension and a name', () => {
    const folders = FORMATS.filter(({ extensions }) => extensions.length === 0);
    expect(folders.map(({ id, read }) => [id, read?.map(({ as }) => as)])).toEqual([
      ['mvtec', ['collection']],
      ['ped1', ['collection']],
      ['tfrecords', ['data-set']],
      ['occupancy-networks', ['data-set']],
      ['shapes', ['data-set']],
    ]);
    for (const { title, name, file } of folders) expect([title, file]).toEqual([name, 'a folder']);
  });

  it('of shapes have the up axis of their world', () => {
    const axes = (['mesh', 'points'] as const).flatMap((role) =>
      formatsReadAs(role).map((id) => `${id} as ${role}: ${upAxisReadAs(id, role)}`),
    );
    expect(axes).toEqual([
      'glb as mesh: y',
      'gltf as mesh: y',
      'obj as mesh: y',
      'stl as mesh: z',
      'ply as mesh: z',
      'ply as points: z',
      'npz as points: y',
    ]);
    expect(() => upAxisReadAs('obj', 'points')).toThrow('obj has no up axis as points');
    expect(() => upAxisReadAs('svg', 'mesh')).toThrow('svg has no up axis as mesh');
  });
});

describe('what is no format', () => {
  it('is said by its id', () => {
    expect(() => formatOf('step' as FormatId)).toThrow('no format is called step');
    expect(() => exportOf('svg' as never)).toThrow('nothing is exported as svg');
  });
});

describe('options of an export', () => {
  const asked = {
    separateParts: true,
    union: true,
    includeVisual: true,
    density: 700,
    upAxis: 'y',
  } as const;
  const cases = EXPORT_FORMATS.flatMap((format) => OPTION_NAMES.map((option) => [format, option] as const));

  it.each(cases)('%s takes %s or says that it does not', (format, option) => {
    const options = exportOptionsSchema.parse({ [option]: asked[option] });
    const request = {
      kind: 'export',
      document: createDocument('a', undefined, 'a'),
      format,
      options,
      destination: '00000000-0000-4000-8000-000000000000',
    };
    const parsed = jobRequestSchema.safeParse(request);
    if (takesOption(format, option)) {
      expect(refusedOption(format, options)).toBeNull();
      expect(parsed.error).toBeUndefined();
    } else {
      expect(refusedOption(format, options)?.option).toBe(option);
      expect(parsed.error?.issues[0]).toMatchObject({ path: ['options', option] });
      expect(parsed.error?.issues[0].message).toContain(
        `has no "${EXPORT_OPTIONS[option].title}": it is for`,
      );
    }
  });

  it('as they are by default suit every format', () => {
    for (const format of EXPORT_FORMATS)
      expect(refusedOption(format, exportOptionsSchema.parse({}))).toBeNull();
  });

  it('are taken by these formats', () => {
    const table = Object.fromEntries(OPTION_NAMES.map((option) => [option, formatsWith(option)]));
    expect(table).toEqual({
      separateParts: ['obj', 'stl', 'ply', 'off'],
      union: ['glb', 'obj', 'stl', 'ply', 'off'],
      includeVisual: ['mjcf', 'urdf', 'usd', 'glb'],
      density: ['mjcf', 'urdf', 'usd'],
      upAxis: EXPORT_FORMATS,
    });
  });

  it('are refused with the name of the format, the words of the dialog, and who takes them', () => {
    const options = exportOptionsSchema.parse({ union: true, density: 1 });
    expect(refusedOption('urdf', options)).toEqual({
      option: 'union',
      message: 'URDF has no "One closed surface": it is for glb, obj, stl, ply, off',
    });
    expect(refusedOption('obj', options)).toEqual({
      option: 'density',
      message: 'OBJ has no "Density": it is for mjcf, urdf, usd',
    });
  });

  it('are water, one file and the axis of the format where nothing is said', () => {
    expect(exportOptionsSchema.parse({})).toEqual({
      separateParts: false,
      union: false,
      density: 1000,
      includeVisual: false,
    });
  });

  it.each([{ density: 0 }, { density: -1 }, { density: Number.NaN }, { upAxis: 'x' }, { union: 'yes' }])(
    '%j is refused',
    (options) => {
      expect(exportOptionsSchema.safeParse(options).success).toBe(false);
    },
  );

  it('take a value where it says so', () => {
    const valued = OPTION_NAMES.filter((option) => EXPORT_OPTIONS[option].takes !== null);
    expect(valued).toEqual(['density', 'upAxis']);
    const flags = OPTION_NAMES.map((option) => EXPORT_OPTIONS[option].flag);
    expect(flags).toEqual(['separate', 'union', 'visual', 'density', 'up']);
    expect(EXPORT_OPTIONS.density.help).toContain('1000');
  });
});
