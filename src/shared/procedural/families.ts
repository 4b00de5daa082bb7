import type { Family } from './dice';
import { cabinet, lamp, shelf, table } from './furniture';
import { bed, bench, chair, sofa } from './seats';
import { tower } from './tower';
import { aeroplane, boat, car, rocket } from './vehicles';
import { bottle, mug } from './vessels';

/** Every procedural family, in the order in which a data set takes them. */
export const FAMILIES: readonly Family[] = [
  chair,
  table,
  bench,
  sofa,
  bed,
  lamp,
  cabinet,
  shelf,
  aeroplane,
  car,
  boat,
  mug,
  bottle,
  rocket,
  tower,
];
