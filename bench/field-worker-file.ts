import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The built entry of the kernel's threads: beside the built benchmarks, or under out/main when run from sources. */
export function fieldWorkerFile(): string | undefined {
  const folders = typeof __dirname === 'string' ? [__dirname] : [];
  return [...folders, join(process.cwd(), 'out/main')]
    .map((folder) => join(folder, 'field-worker.cjs'))
    .find((file) => existsSync(file));
}
