import type { UpAxis } from '../document/types';

/** What a file can be read as. */
export type ReadRole =
  | 'project'
  | 'mesh'
  | 'points'
  | 'depth'
  /** A colour picture that a network reconstructs, or a mask. */
  | 'picture'
  /** One of the pictures of a collection. */
  | 'collected-picture'
  /** A whole collection of pictures in one file or folder. */
  | 'collection'
  | 'data-set'
  | 'model'
  | 'camera'
  | 'configuration';

/** What else than a shape a file can hold that is written. */
export type SaveRole = 'project' | 'drawing' | 'table' | 'picture' | 'configuration';

/** One way to read a format. */
export interface ReadDescriptor {
  readonly as: ReadRole;
  /** What such a file is called in this role, where its own name says too little: `PLY with normals`. */
  readonly name?: string;
  /** What is read, for the README; the role's own words where absent. */
  readonly what?: string;
  /** The axis that points up in such files, for when nobody says otherwise. */
  readonly upAxis?: UpAxis;
}

export interface SaveDescriptor {
  readonly as: SaveRole;
  readonly what: string;
}

/** What a person may ask of an export; the words are in options.ts. */
export type ExportOption = 'separateParts' | 'union' | 'includeVisual' | 'density' | 'upAxis';

/** What an exported file holds. */
export type Carried =
  /** A body per part. */
  | 'bodies'
  | 'names'
  | 'colours'
  /** Mass, centre of mass and inertia of the union. */
  | 'mass'
  /** A convex collider per part. */
  | 'colliders'
  /** The source's mesh, to be seen in place of the parts. */
  | 'visual';

/** How a shape is written in a format. Lengths are metres in every format. */
export interface ExportDescriptor {
  /** Who reads it, for a person who chooses. */
  readonly hint: string;
  /** What is written, one line for the README. */
  readonly what: string;
  /** The format's own up axis, or the document's where the format leaves it open. */
  readonly upAxis: UpAxis | 'document';
  /** Whether the file itself says that it is in metres, or the format's users have to know. */
  readonly units: 'defined' | 'stated' | 'beside' | 'convention';
  readonly options: readonly ExportOption[];
  readonly carries: readonly Carried[];
  /** A file or folder that is always written beside the file: its name by the file's stem, and a few words on it. */
  readonly beside?: {
    readonly name: (stem: string) => string;
    readonly words: (name: string) => string;
  };
}

/** All that the product knows about a file format, besides how its bytes are read and written. */
export interface FormatDescriptor {
  readonly id: string;
  /** As people write it in a sentence: `PLY`. */
  readonly name: string;
  /** As a system dialog lists it: `Wavefront OBJ`. */
  readonly title: string;
  /** A file of it in a sentence: `an OBJ mesh`. */
  readonly file: string;
  /** Lower case, without the dot; the first is the one that is written. Empty for what is a folder. */
  readonly extensions: readonly string[];
  readonly read?: readonly ReadDescriptor[];
  readonly export?: ExportDescriptor;
  readonly save?: readonly SaveDescriptor[];
}
