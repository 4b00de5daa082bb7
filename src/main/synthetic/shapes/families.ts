import type { Family } from './dice';
import { aeroplane } from './aeroplane';
import { boat } from './boat';
import { car } from './car';
import { cabinet, shelf, table } from './furniture';
import { lamp } from './lamp';
import { rocket } from './rocket';
import { bed, bench, chair, sofa } from './seats';
import { tower } from './tower';
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
