import { rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';

/** The file in which the window keeps unsaved work between starts. */
export interface Recovery {
  readonly path: string;
  exists(): boolean;
  clear(): Promise<void>;
  /**
   * After a good end: removes what this run wrote. What an earlier run left, and nobody took up, stays. Done on return,
   * because the process ends right after.
   */
  clearOwn(): void;
}

export function createRecovery(path: string, startedAt: number): Recovery {
  const clear = (): Promise<void> => rm(path, { force: true });
  const modifiedAt = (): number | null => {
    try {
      const entry = statSync(path);
      return entry.size > 0 ? entry.mtimeMs : null;
    } catch {
      return null;
    }
  };
  return {
    path,
    exists: () => modifiedAt() !== null,
    clear,
    clearOwn: () => {
      const at = modifiedAt();
      if (at !== null && at >= startedAt) rmSync(path, { force: true });
    },
  };
}
