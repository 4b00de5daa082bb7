import { extname } from 'node:path';
import { flatText, type FlatDrawing, type FlatFormat } from '../../../shared/flat/text';
import { savedAs } from '../../../shared/formats/lookup';
import { fail, ok, type Result } from '../../../shared/result';
import { writeFileAtomic } from '../atomic';

/** The format that a name asks for by its extension. */
export function flatFormatOf(path: string): Result<FlatFormat> {
  const format = savedAs(path, 'drawing');
  if (format) return ok(format);
  return fail({
    code: 'usage',
    message: `${path}: polygons are not written as "${extname(path)}".`,
    hint: 'Use .svg for a drawing, or .json for half-planes and polygons.',
  });
}

/** Writes convex polygons of the plane, whole or not at all. @returns bytes */
export async function writeFlat(path: string, drawing: FlatDrawing): Promise<Result<number>> {
  const format = flatFormatOf(path);
  return format.ok ? writeFileAtomic(path, flatText(drawing, format.value)) : format;
}
