import type { ConvexPart } from '../../../../shared/shape/types';

/** What the part is called that a fit makes as its number `number`, from 1. */
export function partName(number: number): Pick<ConvexPart, 'id' | 'name' | 'index'> {
  return { id: `part-${String(number).padStart(2, '0')}`, name: `Part ${number}`, index: number - 1 };
}
