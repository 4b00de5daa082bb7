import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { allSampleFiles } from './samples/make';

// npx tsx scripts/make-samples.ts [folder]: writes the samples that ship with the product.
const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../resources/samples'));
await mkdir(folder, { recursive: true });
for (const [file, bytes] of await allSampleFiles()) {
  await writeFile(join(folder, file), bytes);
  console.log(`${file}  ${bytes.length} bytes`);
}
