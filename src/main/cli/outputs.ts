import { parse } from 'node:path';
import {
  exportFormatSchema,
  exportOptionsSchema,
  type ExportFormat,
  type JobProgress,
} from '../../shared/contract/jobs';
import type { HalfspaceDocument } from '../../shared/document/types';
import { fail, ok, type Result } from '../../shared/result';
import type { ChildEngine } from '../engine/hosts/child';

/** The format that a file's extension asks for; null for a folder. */
export function formatOf(path: string): Result<ExportFormat | 'halfspace' | null> {
  const extension = parse(path).ext.toLowerCase().slice(1);
  if (extension === '') return ok(null);
  const aliases: Record<string, ExportFormat | 'halfspace'> = {
    xml: 'mjcf',
    usda: 'usd',
    halfspace: 'halfspace',
  };
  const format = aliases[extension] ?? exportFormatSchema.safeParse(extension).data;
  return format
    ? ok(format)
    : fail({
        code: 'usage',
        message: `-o ${path}: there is no format for ".${extension}".`,
        hint: 'Use .halfspace, .obj, .stl, .ply, .glb, .urdf, .xml (MJCF), .usda, or a folder.',
      });
}

/** A job's progress in one line. */
export function progressLine({ fraction, stage, figures }: JobProgress): string {
  const percent = fraction === null ? '' : ` ${Math.round(fraction * 100)} %`;
  const iou = figures.iou === undefined ? '' : `, IoU ${figures.iou.toFixed(3)}`;
  return `${stage}${percent}${iou}`;
}

export type SourceOfJob = { token: string; cameraToken?: string };

/** Writes a document where -o says: one file, or a folder with the project and its meshes. */
export async function writeOutputs(
  engine: ChildEngine,
  document: HalfspaceDocument,
  source: SourceOfJob,
  output: string,
  format: ExportFormat | 'halfspace' | null,
  signal: AbortSignal,
): Promise<Result<readonly string[]>> {
  const written: string[] = [];
  const save = async (path: string): Promise<Result<unknown>> => {
    const result = await engine.client.run(
      { kind: 'save-project', document, destination: engine.grant(path, 'write'), source },
      { signal },
    );
    if (result.ok) written.push(...result.value.files.map((file) => file.name));
    return result;
  };
  const write = async (path: string, as: ExportFormat, separateParts: boolean): Promise<Result<unknown>> => {
    const options = exportOptionsSchema.parse({ separateParts });
    const result = await engine.client.run(
      { kind: 'export', document, format: as, options, destination: engine.grant(path, 'write') },
      { signal },
    );
    if (result.ok) written.push(...result.value.files.map((file) => file.name));
    return result;
  };
  const results =
    format === 'halfspace'
      ? [await save(output)]
      : format !== null
        ? [await write(output, format, false)]
        : [await write(output, 'obj', true), await save(`${output}/${document.name}.halfspace`)];
  const failed = results.find((result) => !result.ok);
  return failed && !failed.ok ? failed : ok(written);
}
