import { fail, ok, type Result } from '../../../shared/result';

/** Token -> path. Only the host adds entries, so a window reaches only files that a person chose. */
export interface Grants {
  add(token: string, path: string, write: boolean): void;
  /** The path behind a token, or a problem when it is unknown or not granted for writing. */
  resolve(token: string, use: 'read' | 'write'): Result<string>;
}

export function createGrants(): Grants {
  const entries = new Map<string, { path: string; write: boolean }>();
  return {
    add: (token, path, write) => void entries.set(token, { path, write }),
    resolve: (token, use) => {
      const entry = entries.get(token);
      if (!entry) {
        return fail({
          code: 'unknown-file',
          message: 'The file is no longer open in this workbench.',
          hint: 'Open it again.',
        });
      }
      if (use === 'write' && !entry.write) {
        return fail({
          code: 'file-not-writable',
          message: 'The file was opened for reading only.',
          hint: 'Choose where to save with "Save as...".',
        });
      }
      return ok(entry.path);
    },
  };
}
