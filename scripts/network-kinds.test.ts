import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NETWORK_KINDS } from '../src/shared/networks';
import { root } from './lib/paths.mjs';

/** A kind that is compared, switched on or listed in a record: then a new network would touch that file. */
const KINDS = NETWORK_KINDS.join('|');
const SAID = `['"\`](?:${KINDS})['"\`]`;
const DECIDES = new RegExp(
  [
    `[=!]==?\\s*${SAID}`,
    `${SAID}\\s*[=!]==?`,
    `case\\s+${SAID}`,
    `\\[\\s*${SAID}`,
    `^\\s*(?:${KINDS}): ['{([]`,
  ].join('|'),
  'm',
);

/** The descriptors; and TFRecords as CvxNet's authors wrote them, which are a kind of data set of that name. */
const OWN = [/^src\/shared\/networks\//, /^src\/main\/engine\/networks\//, /^src\/main\/files\/dataset\//];

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => `src/${path.replaceAll('\\', '/')}`)
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path));

describe('kinds of networks', () => {
  it('are told apart in their descriptors alone', () => {
    expect(sources.length).toBeGreaterThan(500);
    const telling = sources
      .filter((path) => !OWN.some((own) => own.test(path)))
      .flatMap((path) => {
        const found = DECIDES.exec(readFileSync(join(root, path), 'utf8'));
        return found ? [`${path}: ${found[0].trim()}`] : [];
      });
    expect(telling).toEqual([]);
  });

  it.each([
    "if (kind === 'vae')",
    "if (kind !==\n  'vae')",
    "'cvxnet' !== kind",
    "case 'vae':",
    "['vae'].includes(kind)",
    "new Map([['vae', words]])",
    "  vae: 'a VAE',",
    '  cvxnet: {',
    '  vae: [',
  ])('would be found in %s', (line) => {
    expect(DECIDES.test(line)).toBe(true);
  });
});
