import { access } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

/**
 * The camera file that belongs to a depth image: `<name>.camera.json`, `<name with extension>.camera.json` or
 * `camera.json` in the same folder. Null when there is none.
 */
export async function findCamera(imagePath: string): Promise<string | null> {
  const folder = dirname(imagePath);
  const name = basename(imagePath);
  const stem = basename(name, extname(name));
  for (const candidate of [`${stem}.camera.json`, `${name}.camera.json`, 'camera.json']) {
    const path = join(folder, candidate);
    try {
      await access(path);
      return path;
    } catch {
      // Not there: the next name.
    }
  }
  return null;
}
