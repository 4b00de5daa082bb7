import { dirname, extname, join, parse } from 'node:path';
import type { ExportFormat, ExportOptions, WrittenFile } from '../../../shared/contract/jobs';
import type { HalfspaceDocument, UpAxis } from '../../../shared/document/types';
import type { ManifoldApi } from '../../../shared/geometry/manifold';
import { uniteMeshes } from '../../../shared/geometry/union';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { ok, type Result } from '../../../shared/result';
import { writeFileAtomic } from '../atomic';
import { documentBodies, safeName, toFile, type ExportBody } from './bodies';
import { writeGlb } from './glb';
import { unionBody } from './union-body';
import { writeMjcf, type PhysicsModel } from './mjcf';
import { writeObj } from './obj';
import { writePly } from './ply';
import { writeStl, writeStlSidecar } from './stl';
import { writeUrdf } from './urdf';
import { writeUsd } from './usd';

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

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  obj: '.obj',
  stl: '.stl',
  ply: '.ply',
  glb: '.glb',
  urdf: '.urdf',
  mjcf: '.xml',
  usd: '.usda',
};

/** The format's own up axis; null where the format leaves it open and the document's own is kept. */
const UP_AXES: Readonly<Record<ExportFormat, UpAxis | null>> = {
  obj: null,
  stl: null,
  ply: null,
  glb: 'y',
  urdf: 'z',
  mjcf: 'z',
  usd: null,
};

type OutputFile = readonly [path: string, content: string | Uint8Array];

/**
 * Writes a document's parts: one body per part in every format, metres, stable names. Files appear whole or not at
 * all; what could not be written is left out and said in the notes.
 */
export async function exportDocument(request: ExportRequest): Promise<Result<ExportReport>> {
  const { document, format, options, manifold } = request;
  const upAxis = options.upAxis ?? UP_AXES[format] ?? document.frame.upAxis;
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
  const model: PhysicsModel = { name, bodies, mass: union.value.mass, density: options.density, visual };
  const whole = options.union ? [unionBody(name, union.value.mesh, union.value.mass)] : bodies;
  const outputs = await outputsOf(format, path, model, whole, options, upAxis);

  const files: WrittenFile[] = [];
  for (const [outputPath, content] of outputs) {
    const written = await writeFileAtomic(outputPath, content);
    if (!written.ok) return written;
    files.push({ name: outputPath, bytes: written.value });
  }
  return ok({ files, notes });
}

function filePath(destination: string, format: ExportFormat, name: string): string {
  const isFile = extname(destination).toLowerCase() === EXTENSIONS[format];
  return isFile ? destination : join(destination, `${name}${EXTENSIONS[format]}`);
}

async function outputsOf(
  format: ExportFormat,
  path: string,
  model: PhysicsModel,
  whole: readonly ExportBody[],
  options: ExportOptions,
  upAxis: UpAxis,
): Promise<readonly OutputFile[]> {
  const { bodies } = model;
  const folder = dirname(path);
  const stem = parse(path).name;
  const perPart = (extension: string, write: (body: ExportBody) => string | Uint8Array): OutputFile[] =>
    options.separateParts
      ? bodies.map((body) => [join(folder, `${stem}_parts`, `${body.name}${extension}`), write(body)])
      : [];
  switch (format) {
    case 'obj':
      return [[path, writeObj(whole)], ...perPart('.obj', (body) => writeObj([body]))];
    case 'ply':
      return [[path, writePly(whole)], ...perPart('.ply', (body) => writePly([body]))];
    case 'stl': {
      const listed = whole.map((body) => ({ name: body.name, triangles: body.mesh.indices.length / 3 }));
      return [
        [path, writeStl(whole.map((body) => body.mesh))],
        [join(folder, `${stem}.stl.json`), writeStlSidecar(listed, upAxis)],
        ...perPart('.stl', (body) => writeStl([body.mesh])),
      ];
    }
    case 'glb':
      return [[path, await writeGlb(model.name, whole, model.visual)]];
    case 'mjcf':
      return [[path, writeMjcf(model)]];
    case 'usd':
      return [[path, writeUsd(model, upAxis)]];
    case 'urdf': {
      const meshFolder = `${stem}_meshes`;
      const meshes: OutputFile[] = bodies.map((body) => [
        join(folder, meshFolder, `${body.name}.stl`),
        writeStl([body.mesh]),
      ]);
      if (model.visual)
        meshes.push([join(folder, meshFolder, `${model.name}_visual.stl`), writeStl([model.visual])]);
      return [[path, writeUrdf(model, (mesh) => `${meshFolder}/${mesh}.stl`)], ...meshes];
    }
  }
}
