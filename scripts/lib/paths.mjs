import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where downloads that outlive a clone are kept, outside the repository. */
export function cacheFolder(environment = process.env, platform = process.platform) {
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, 'halfspace');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'halfspace');
  if (platform === 'win32' && environment.LOCALAPPDATA)
    return join(environment.LOCALAPPDATA, 'halfspace', 'Cache');
  return join(homedir(), '.cache', 'halfspace');
}
