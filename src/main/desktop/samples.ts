import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { SampleEntry } from '../../shared/contract/bridge';

const indexSchema = z.array(
  z.object({
    name: z.string().min(1),
    title: z.string(),
    kind: z.enum(['mesh', 'depth', 'picture', 'project']),
    file: z.string().min(1),
  }),
);

/** The samples that ship with the product: none when the folder has no index. */
export interface Samples {
  list(): Promise<readonly SampleEntry[]>;
  /** Absolute path of a sample's file, or null when there is no such sample. */
  pathOf(name: string): Promise<string | null>;
}

export function createSamples(folder: string): Samples {
  const read = async (): Promise<z.infer<typeof indexSchema>> => {
    let text: string;
    try {
      text = await readFile(join(folder, 'index.json'), 'utf8');
    } catch {
      return [];
    }
    return indexSchema.parse(JSON.parse(text));
  };
  return {
    list: async () => (await read()).map(({ name, title, kind }) => ({ name, title, kind })),
    pathOf: async (name) => {
      const entry = (await read()).find((sample) => sample.name === name);
      if (!entry) return null;
      const path = resolve(folder, entry.file);
      return path.startsWith(resolve(folder) + sep) ? path : null;
    },
  };
}
