import { readFile, stat } from 'node:fs/promises';
import type { z } from 'zod';
import { ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from '../read/limits';
import { badFile, tooMany } from '../read/problems';

/** A whole file, its size bounded before it is read. */
export async function readBounded(
  file: string,
  maximum: number = READ_LIMITS.fileBytes,
): Promise<Result<Uint8Array>> {
  try {
    const { size } = await stat(file);
    if (size > maximum) return tooMany(file, 'the file', `it has ${size} bytes`, maximum);
    return ok(await readFile(file));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const what = missing ? 'it is missing' : `it could not be read (${(error as Error).message})`;
    return badFile(
      'file-unreadable',
      file,
      'the file',
      what,
      'Copy the folder again, or check that you may read it.',
    );
  }
}

/** A text file of bounded size. */
export async function readSmallText(file: string): Promise<Result<string>> {
  const bytes = await readBounded(file, READ_LIMITS.jsonBytes);
  return bytes.ok ? ok(Buffer.from(bytes.value).toString('utf8')) : bytes;
}

/** A JSON file of bounded size that fits its schema; the error names the first field that does not. */
export async function readJson<S extends z.ZodType>(file: string, schema: S): Promise<Result<z.infer<S>>> {
  const text = await readSmallText(file);
  if (!text.ok) return text;
  let content: unknown;
  try {
    content = JSON.parse(text.value);
  } catch (error) {
    return badFile(
      'file-damaged',
      file,
      'the file',
      `it is no valid JSON (${(error as Error).message})`,
      HINT,
    );
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return badFile(
    'file-damaged',
    file,
    issue.path.map(String).join('.') || 'the file',
    lowerFirst(issue.message),
    HINT,
  );
}

const HINT = 'Copy or write it again.';

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
