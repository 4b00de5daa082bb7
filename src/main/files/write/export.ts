import { dirname, join, parse } from 'node:path';
import type { WrittenFile } from '../../../shared/contract/jobs';
import type { HalfspaceDocument } from '../../../shared/document/types';
import type { ExportFormat } from '../../../shared/formats/index';
import { exportOf, extensionOf, extensionOfName } from '../../../shared/formats/lookup';
import type { ExportOptions } from '../../../shared/formats/options';
import type { ManifoldApi } from '../../../shared/geometry/manifold';
import { uniteMeshes } from '../../../shared/geometry/union';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { ok, type Result } from '../../../shared/result';
import { writeFileAtomic } from '../atomic';
import { documentBodies, safeName, toFile } from './bodies';
import { unionBody } from './union-body';
import type { FileContent, FormatWriter } from './writer';

export interface ExportRequest {
  readonly document: HalfspaceDocument;
  readonly format: ExportFormat;
  readonly options: ExportOptions;
  /** A file of the format's extension, or a folder that will hold one. */
  readonly destination: string;
  /** The source's mesh in learning units, written as the visual; null for none. */
  readonly visual: TriangleMesh | null;
  readonly manifold: ManifoldApi;
}

export interface ExportReport {
  readonly files: readonly WrittenFile[];
  readonly notes: readonly string[];
}

/**
 * Writes a document's parts: one body per part in every format, metres, stable names. Files appear whole or not at
 * all; what could not be written is left out and said in the notes.
 */
export async function exportDocument(request: ExportRequest): Promise<Result<ExportReport>> {
  const { document, format, options, manifold } = request;
  const own = exportOf(format).upAxis;
  const upAxis = options.upAxis ?? (own === 'document' ? document.frame.upAxis : own);
  const parts = documentBodies(document, upAxis);
  if (!parts.ok) return parts;
  const { bodies, notes } = parts.value;
  const union = uniteMeshes(
    manifold,
    bodies.map((body) => body.mesh),
  );
  if (!union.ok) return union;
  const visual = request.visual && {
    ...request.visual,
    positions: toFile(request.visual.positions, document.frame, upAxis),
  };
  const name = safeName(document.name);
  const path = filePath(request.destination, format, name);
  const { mesh, mass } = union.value;
  const shown = options.union ? [unionBody(name, mesh, mass)] : bodies;
  const scene = { name, stem: parse(path).name, bodies, shown, mass, options, upAxis, visual };
  const { write } = await writerOf(format);
  const { file, beside = [] } = await write(scene);

  const outputs: (readonly [path: string, content: FileContent])[] = [
    [path, file],
    ...beside.map(([place, content]) => [join(dirname(path), place), content] as const),
  ];
  const files: WrittenFile[] = [];
  for (const [place, content] of outputs) {
    const written = await writeFileAtomic(place, content);
    if (!written.ok) return written;
    files.push({ name: place, bytes: written.value });
  }
  return ok({ files, notes });
}

/** A format's writer is found by its id, so that a new one needs no list; a test sees that none is missing. */
async function writerOf(format: ExportFormat): Promise<FormatWriter> {
  return (await import(`./formats/${format}.ts`)) as FormatWriter;
}

function filePath(destination: string, format: ExportFormat, name: string): string {
  const extension = extensionOf(format);
  return extensionOfName(destination) === extension ? destination : join(destination, `${name}.${extension}`);
}
