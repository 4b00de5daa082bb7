import { resolve } from 'node:path';

/**
 * The file named on the command line, as an absolute path, or null. Chromium's own switches are skipped; an unpackaged
 * Electron also has the application folder as its first plain argument.
 */
export function fileArgument(
  argv: readonly string[],
  packaged: boolean,
  workingFolder: string,
): string | null {
  const plain = argv.slice(1).filter((argument) => !argument.startsWith('-'));
  const file = plain[packaged ? 0 : 1];
  return file === undefined ? null : resolve(workingFolder, file);
}
