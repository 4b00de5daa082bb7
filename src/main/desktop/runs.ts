import { existsSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { StoredJson } from './stored-json';

/** Where the engine keeps the best weights of a run. */
export const BEST_MODEL = 'best.safetensors';

/** Training runs that are remembered between starts; the oldest go first. */
const KEPT = 30;

const rememberedSchema = z.object({
  /** The run's folder. */
  path: z.string().min(1),
  /** The data set it learns from, when it was started here. */
  data: z.string().min(1).nullable(),
});
export type RememberedRun = z.infer<typeof rememberedSchema>;

export const runsSchema = z.array(rememberedSchema);

/** Where runs lie. Paths stay in main: the window gets a token for each. */
export interface Runs {
  /** Newest first, without those whose folder is gone. */
  list(): Promise<readonly RememberedRun[]>;
  /** Makes a new folder for a run, named after `name`, and returns its path. */
  create(name: string): Promise<string>;
  remember(run: RememberedRun): Promise<void>;
  /** Takes a run off the list. Its folder stays, but for one that was made here and has nothing in it. */
  forget(path: string): Promise<void>;
}

/** @param folder where runs go when nobody chooses another place */
export function createRuns(folder: string, stored: StoredJson<RememberedRun[]>): Runs {
  let changing: Promise<void> = Promise.resolve();
  const change = (next: (runs: RememberedRun[]) => RememberedRun[]): Promise<void> => {
    changing = changing
      .catch(() => undefined)
      .then(async () => stored.write(next(await stored.read()).slice(0, KEPT)));
    return changing;
  };
  return {
    list: async () => {
      await changing.catch(() => undefined);
      return (await stored.read()).filter(({ path }) => existsSync(path));
    },
    create: async (name) => {
      const base = folderName(name);
      await mkdir(folder, { recursive: true });
      for (let number = 1; ; number++) {
        const path = join(folder, number === 1 ? base : `${base}-${number}`);
        try {
          await mkdir(path);
          return path;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
      }
    },
    remember: ({ path, data }) =>
      change((runs) => {
        const known = runs.find((run) => resolve(run.path) === resolve(path));
        const others = runs.filter((run) => run !== known);
        return [{ path, data: data ?? known?.data ?? null }, ...others];
      }),
    forget: async (path) => {
      if (dirname(resolve(path)) === resolve(folder)) await rmdir(path).catch(() => undefined);
      await change((runs) => runs.filter((run) => resolve(run.path) !== resolve(path)));
    },
  };
}

/** A name that every file system takes and that stays inside its folder. */
function folderName(name: string): string {
  const safe = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return safe.slice(0, 80) || 'run';
}
