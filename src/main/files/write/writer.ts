import type { UpAxis } from '../../../shared/document/types';
import type { MassProperties, TriangleMesh } from '../../../shared/geometry/types';
import type { ExportOptions } from '../../../shared/formats/options';
import type { ExportBody } from './bodies';

/** What an export is made of: metres, in the axes of the file. */
export interface ExportScene {
  /** The document's, safe in every format. */
  readonly name: string;
  /** The file's name without its extension, which a person may have chosen. */
  readonly stem: string;
  /** A body per part. */
  readonly bodies: readonly ExportBody[];
  /** What a mesh shows: the parts, or their union as one body where that was asked for. */
  readonly shown: readonly ExportBody[];
  /** Of the union, at unit density: overlaps count once. */
  readonly mass: MassProperties;
  readonly options: ExportOptions;
  readonly upAxis: UpAxis;
  /** The source's mesh; null where it was not asked for. */
  readonly visual: TriangleMesh | null;
}

export type FileContent = string | Uint8Array;

/** A format's files: the one that was asked for, and others by their path beside it. */
export interface WrittenFormat {
  readonly file: FileContent;
  readonly beside?: readonly (readonly [path: string, content: FileContent])[];
}

/** A module of formats/: one per export format, called by its id. */
export interface FormatWriter {
  write(scene: ExportScene): WrittenFormat | Promise<WrittenFormat>;
}

/** A file per part in a folder beside the whole, where that was asked for. */
export function partFiles(
  { bodies, stem, options }: ExportScene,
  extension: string,
  content: (body: ExportBody) => FileContent,
): readonly (readonly [path: string, content: FileContent])[] {
  if (!options.separateParts) return [];
  return bodies.map((body) => [`${stem}_parts/${body.name}.${extension}`, content(body)]);
}
