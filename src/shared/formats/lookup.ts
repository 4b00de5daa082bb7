import type { UpAxis } from '../document/types';
import { FORMATS, type ExportFormat, type FormatId, type FormatReadAs, type FormatSavedAs } from './index';
import type { ExportDescriptor, FormatDescriptor, ReadRole, SaveRole } from './types';

type Format = (typeof FORMATS)[number];

export const EXPORT_FORMATS: readonly ExportFormat[] = FORMATS.filter(({ export: how }) => how).map(
  ({ id }) => id as ExportFormat,
);

export function formatOf(id: FormatId): Format {
  const format = FORMATS.find((one) => one.id === id);
  if (!format) throw new Error(`no format is called ${id}`);
  return format;
}

export function exportOf(id: ExportFormat): ExportDescriptor {
  const how = formatOf(id).export;
  if (!how) throw new Error(`nothing is exported as ${id}`);
  return how;
}

/** The extension that files of a format are written with, without the dot. */
export function extensionOf(id: FormatId): string {
  return formatOf(id).extensions[0];
}

/** The extension of a file's name in lower case, without the dot; empty where it has none. */
export function extensionOfName(name: string): string {
  return /[^/\\]\.([^./\\]+)$/.exec(name)?.[1].toLowerCase() ?? '';
}

/** The export format that a file's name asks for by its extension. */
export function exportFormatOfName(name: string): ExportFormat | null {
  const extension = extensionOfName(name);
  return EXPORT_FORMATS.find((id) => formatOf(id).extensions.includes(extension)) ?? null;
}

/** The format that owns an extension, for its title: no extension is owned by two. */
export function formatOfExtension(extension: string): Format | null {
  return FORMATS.find(({ extensions }) => extensions.includes(extension)) ?? null;
}

export function formatsReadAs<Role extends ReadRole>(role: Role): readonly FormatReadAs<Role>[] {
  return FORMATS.filter(({ read }) => read?.some(({ as }) => as === role)).map(
    ({ id }) => id as FormatReadAs<Role>,
  );
}

/** What files that are read as any of these may be called, without the dot: the role's formats in their order. */
export function extensionsReadAs(...roles: readonly ReadRole[]): string[] {
  const found = roles.flatMap((role) => formatsReadAs(role).flatMap((id) => formatOf(id).extensions));
  return [...new Set(found)];
}

/** Whether a file of this name may be read as any of these; the readers decide by content. */
export function isReadAs(name: string, ...roles: readonly ReadRole[]): boolean {
  return extensionsReadAs(...roles).includes(extensionOfName(name));
}

export function isProjectName(name: string): boolean {
  return isReadAs(name, 'project');
}

/** The format that a name asks for, of those that such a thing is saved in. */
export function savedAs<Role extends SaveRole>(name: string, role: Role): FormatSavedAs<Role> | null {
  const extension = extensionOfName(name);
  const format = FORMATS.find(
    ({ extensions, save }) => extensions.includes(extension) && save?.some(({ as }) => as === role),
  );
  return (format?.id as FormatSavedAs<Role> | undefined) ?? null;
}

/** The axis that points up in files of a format that are read as this, for when nobody says otherwise. */
export function upAxisReadAs(id: FormatId, role: 'mesh' | 'points'): UpAxis {
  const way = formatOf(id).read?.find(({ as }) => as === role);
  if (!way?.upAxis) throw new Error(`${id} has no up axis as ${role}`);
  return way.upAxis;
}

/** What is read as this, as a list in a sentence: `OBJ, STL, PLY and GLB`. */
export function namesReadAs(role: ReadRole): string {
  const names = formatsReadAs(role).map((id) => nameReadAs(formatOf(id), role).replaceAll('`', ''));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The short names of what is read as this, for a remark in brackets: `PNG, EXR, NPY`. */
export function shortNamesReadAs(role: ReadRole): string {
  return formatsReadAs(role)
    .map((id) => formatOf(id).name)
    .join(', ');
}

/** What a format is called as something to read. */
function nameReadAs(format: FormatDescriptor, role: ReadRole): string {
  return format.read?.find(({ as }) => as === role)?.name ?? format.name;
}
