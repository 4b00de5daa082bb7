import { createRandom } from '../../../shared/random';
import type { Split } from '../../../shared/dataset/types';

const SPLIT_SEED = 28;
/** Shares of validation and test. */
const HELD_OUT = 0.1;

/**
 * Indices 0 to count - 1 in three splits, the same every time: a tenth each for validation and test, the rest for
 * training. With `groups` each group is split by itself, so that every class is in every split.
 */
export function splitIndices(
  count: number,
  groups: (index: number) => number | null = () => null,
): Record<Split, Int32Array> {
  const members = new Map<number | null, number[]>();
  for (let i = 0; i < count; i++) {
    const group = groups(i);
    const list = members.get(group);
    if (list) list.push(i);
    else members.set(group, [i]);
  }
  const found: Record<Split, number[]> = { train: [], validation: [], test: [] };
  for (const list of members.values()) {
    const random = createRandom(SPLIT_SEED);
    for (let i = list.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [list[i], list[j]] = [list[j], list[i]];
    }
    const held = Math.floor(list.length * HELD_OUT);
    found.validation.push(...list.slice(0, held));
    found.test.push(...list.slice(held, 2 * held));
    found.train.push(...list.slice(2 * held));
  }
  const sorted = (list: number[]): Int32Array => Int32Array.from(list).sort();
  return { train: sorted(found.train), validation: sorted(found.validation), test: sorted(found.test) };
}
