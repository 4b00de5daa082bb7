import type { TriangleMesh } from '../../../shared/geometry/types';
import type { Random } from '../../../shared/random';

/** Draws a shape's parameters and keeps what was drawn by name. */
export interface Dice {
  /** Uniform in [low, high). */
  size(name: string, low: number, high: number): number;
  /** Whole number in [low, high]. */
  count(name: string, low: number, high: number): number;
  flag(name: string, probability: number): boolean;
  choice<T extends string>(name: string, options: readonly T[]): T;
  readonly drawn: Readonly<Record<string, Parameter>>;
}

export type Parameter = number | string | boolean;

/** A named part: one or more closed solids, which may overlap each other and other parts. */
export interface PartDraft {
  readonly name: string;
  readonly solids: readonly TriangleMesh[];
}

/** A kind of object that varies in structure. Modelled with z up; the front looks along -y. */
export interface Family {
  readonly name: string;
  build(dice: Dice): readonly PartDraft[];
}

export function createDice(random: Random): Dice {
  const drawn: Record<string, Parameter> = {};
  const keep = <T extends Parameter>(name: string, value: T): T => {
    drawn[name] = value;
    return value;
  };
  return {
    size: (name, low, high) => keep(name, low + (high - low) * random.uniform()),
    count: (name, low, high) => keep(name, low + random.integer(high - low + 1)),
    flag: (name, probability) => keep(name, random.uniform() < probability),
    choice: (name, options) => keep(name, options[random.integer(options.length)]),
    drawn,
  };
}

export function part(name: string, ...solids: readonly TriangleMesh[]): PartDraft {
  return { name, solids };
}

/** `count` values evenly from `low` to `high`, ends included; the middle when there is one only. */
export function evenly(count: number, low: number, high: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? (low + high) / 2 : low + ((high - low) * i) / (count - 1),
  );
}

/** `count` angles evenly around a turn, from `start`, radians. */
export function around(count: number, start = 0): number[] {
  return Array.from({ length: count }, (_, i) => start + (2 * Math.PI * i) / count);
}
