import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A file that ships in resources/: looked for upwards from this code, which lies in the source tree under test and in a
 * bundle elsewhere.
 */
export function resourcePath(name: string): string {
  // A script of the repository runs as a module and has no __dirname; it runs from the repository.
  for (let folder = typeof __dirname === 'string' ? __dirname : process.cwd(); ; folder = dirname(folder)) {
    const path = join(folder, 'resources', name);
    if (existsSync(path) || folder === dirname(folder)) return path;
  }
}
