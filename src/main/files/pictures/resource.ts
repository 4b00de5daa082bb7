import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A file that ships in resources/: looked for upwards from this code, which lies in the source tree under test and in a
 * bundle elsewhere.
 */
export function resourcePath(name: string): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'resources', name);
    if (existsSync(path) || folder === dirname(folder)) return path;
  }
}
