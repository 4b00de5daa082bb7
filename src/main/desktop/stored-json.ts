import { readFile, rename } from 'node:fs/promises';
import type { z } from 'zod';
import { writeFileAtomic } from '../files/atomic';
import { unwrap } from '../../shared/result';
import type { Log } from './log';

/** A small JSON file of the application's own, checked on every read. */
export interface StoredJson<T> {
  /** The stored value; the defaults when there is none. A file that cannot be understood is kept aside and logged. */
  read(): Promise<T>;
  /** Writes are in order: the last one called is the one that stays. */
  write(value: T): Promise<void>;
}

export function createStoredJson<T>(
  path: string,
  schema: z.ZodType<T>,
  defaults: () => T,
  log: Log,
): StoredJson<T> {
  let writing: Promise<void> = Promise.resolve();
  return {
    read: async () => {
      await writing.catch(() => undefined);
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch {
        return defaults();
      }
      const parsed = parse(text, schema);
      if (parsed.ok) return parsed.value;
      const aside = `${path}.damaged-${Date.now()}`;
      await rename(path, aside).catch(() => undefined);
      log.write('settings', `${path} cannot be used (${parsed.reason}); kept as ${aside}, defaults are used`);
      return defaults();
    },
    write: (value) => {
      const text = `${JSON.stringify(schema.parse(value), null, 2)}\n`;
      writing = writing
        .catch(() => undefined)
        .then(async () => void unwrap(await writeFileAtomic(path, text)));
      return writing;
    },
  };
}

function parse<T>(
  text: string,
  schema: z.ZodType<T>,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, reason: `not JSON: ${(error as Error).message}` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, reason: `${issue.path.join('.') || 'root'}: ${issue.message}` };
}
