import type { Vec3 } from '../geometry/types';
import type { ConvexPart } from '../shape/types';

export type UpAxis = 'y' | 'z';

/** How learning space lies in the document's space: metres = origin + metresPerUnit * learning. Axes are the source's. */
export interface Frame {
  readonly origin: Vec3;
  readonly metresPerUnit: number;
  readonly upAxis: UpAxis;
}

/** What the shape was made from. The bytes travel inside the project file. */
export interface SourceReference {
  readonly name: string;
  /** 'image': a picture, colour or depth, that a network reconstructed the shape from. */
  readonly kind: 'mesh' | 'points' | 'depth' | 'image';
  /** Hex SHA-256 of the file's bytes. */
  readonly sha256: string;
  readonly byteLength: number;
  /** What a person said about the file when it was opened; needed to open it again the same way. */
  readonly settings?: SourceSettings;
}

export interface SourceSettings {
  readonly completion?: 'none' | 'mirror' | 'ground';
  readonly metresPerFileUnit?: number;
  readonly upAxis?: UpAxis;
}

/** How the shape was made: enough to make it again. */
export interface Recipe {
  readonly method: 'fit' | 'reconstruct';
  readonly seed: number;
  readonly options: Readonly<Record<string, number | string | boolean>>;
  /** Hex SHA-256 of the model's weights; null for a direct fit. */
  readonly modelHash: string | null;
  readonly backend: string;
  readonly createdAt: string;
}

/** One entry of the edit journal: what a person did, in order. */
export interface EditRecord {
  readonly command: string;
  readonly title: string;
  readonly at: string;
}

/** The document. Immutable; every change makes a new one that shares what did not change. */
export interface HalfspaceDocument {
  readonly id: string;
  readonly name: string;
  readonly frame: Frame;
  readonly sharpness: number;
  readonly parts: readonly ConvexPart[];
  readonly source: SourceReference | null;
  readonly recipe: Recipe | null;
  /** The parts as they were adopted from the last fit or reconstruction, before any edit. */
  readonly adoptedParts: readonly ConvexPart[] | null;
  readonly journal: readonly EditRecord[];
}
