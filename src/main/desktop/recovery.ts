import { rm, stat } from 'node:fs/promises';

/** The file in which the window keeps unsaved work between starts. */
export interface Recovery {
  readonly path: string;
  exists(): Promise<boolean>;
  clear(): Promise<void>;
  /** After a good end: removes what this run wrote. What an earlier run left, and nobody took up, stays. */
  clearOwn(): Promise<void>;
}

export function createRecovery(path: string, startedAt: number): Recovery {
  const clear = (): Promise<void> => rm(path, { force: true });
  const modifiedAt = async (): Promise<number | null> => {
    try {
      const entry = await stat(path);
      return entry.size > 0 ? entry.mtimeMs : null;
    } catch {
      return null;
    }
  };
  return {
    path,
    exists: async () => (await modifiedAt()) !== null,
    clear,
    clearOwn: async () => {
      const at = await modifiedAt();
      if (at !== null && at >= startedAt) await clear();
    },
  };
}
