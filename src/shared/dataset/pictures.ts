import type { Result } from '../result';
import type { Split } from './types';

/** One picture as every network here takes it: single bytes, grey or colour. */
export interface DatasetPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** [height * width * channels] 0 to 255 */
  readonly pixels: Uint8Array;
}

/** What is known of a picture without reading its pixels. */
export interface PictureId {
  /** Stable within the data set, unique, fit for a file name. */
  readonly id: string;
  /** Index into the data set's classes; null where pictures have none. */
  readonly class: number | null;
  /** Whether it shows something that does not belong; null where the data set does not say. */
  readonly anomalous: boolean | null;
  /** Index per generative factor, in the order of `factors`; null without factors. */
  readonly factors: readonly number[] | null;
}

/** A generative factor of a drawn data set, dSprites' shape or scale for example. */
export interface Factor {
  readonly name: string;
  /** How many values it takes. */
  readonly values: number;
}

/** Pictures on a disk or in the program, read a few at a time so that memory stays bounded. */
export interface PictureDataset {
  /** What a person calls it. */
  readonly name: string;
  /** How it was recognised: "MNIST", "MVTec AD", "a folder of images" ... */
  readonly format: string;
  /** Names of the classes; empty where there are none. */
  readonly classes: readonly string[];
  /** The generative factors; empty where they are not known. */
  readonly factors: readonly Factor[];
  /** Size of every picture, or null where sizes differ and a reader must ask for one. */
  readonly size: { readonly width: number; readonly height: number; readonly channels: 1 | 3 } | null;
  /** Plain sentences that a person should know: files left out, masks missing. */
  readonly notes: readonly string[];
  count(split: Split): number;
  at(split: Split, index: number): PictureId;
  read(split: Split, index: number): Promise<Result<DatasetPicture>>;
  /**
   * The true mask, [height * width] 255 where something does not belong; all 0 for a normal picture; null where the
   * data set has none for this picture.
   */
  mask(
    split: Split,
    index: number,
  ): Promise<Result<{ readonly width: number; readonly height: number; readonly mask: Uint8Array } | null>>;
}

/** A data set of every combination of its factors, drawn or looked up by index. */
export interface FactorDataset {
  readonly factors: readonly Factor[];
  /** The picture of one value per factor, [height * width] 0 or 1, 64 x 64. */
  draw(values: readonly number[]): Uint8Array;
}
