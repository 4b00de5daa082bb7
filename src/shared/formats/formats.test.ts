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
  formatsReadAs,
  isProjectName,
  isReadAs,
  namesReadAs,
  savedAs,
  shortNamesReadAs,
} from './lookup';
import { EXPORT_OPTIONS, exportOptionsSchema, OPTION_NAMES, refusedOption, takesOption } from './options';

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
    expect(shortNamesReadAs('depth')).toBe('PNG, EXR, NPY');
    expect(shortNamesReadAs('mesh')).toBe('GLB, glTF, OBJ, STL, PLY');
  });

  it('tells what a drawing is saved as', () => {
    expect(savedAs('a.svg', 'drawing')).toBe('svg');
    expect(savedAs('a.json', 'drawing')).toBe('json');
    expect(savedAs('a.csv', 'drawing')).toBeNull();
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
});
