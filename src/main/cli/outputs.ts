import type { JobProgress } from '../../shared/contract/jobs';
import type { HalfspaceDocument } from '../../shared/document/types';
import type { ExportFormat } from '../../shared/formats/index';
import {
  EXPORT_FORMATS,
  exportFormatOfName,
  extensionOf,
  extensionOfName,
  formatOf,
  isProjectName,
} from '../../shared/formats/lookup';
import { exportOptionsSchema } from '../../shared/formats/options';
import { fail, ok, type Result } from '../../shared/result';
import type { ChildEngine } from '../engine/hosts/child';

/** The extensions that -o takes; an extension that is not the format's name says whose it is. */
const EXTENSIONS = [
  `.${extensionOf('halfspace')}`,
  ...EXPORT_FORMATS.map((id) => {
    const extension = extensionOf(id);
    const { name } = formatOf(id);
    return extension.startsWith(name.toLowerCase()) ? `.${extension}` : `.${extension} (${name})`;
  }),
];

/** What -o means, for the help of the commands that take it. */
export const OUTPUT_HELP = `The extension of -o picks the format: ${EXTENSIONS.join(' ')};
a folder gets the project and one OBJ file per part beside the whole.`;

/** The format that a file's extension asks for; null for a folder. */
export function formatOfOutput(path: string): Result<ExportFormat | 'halfspace' | null> {
  const extension = extensionOfName(path);
  if (extension === '') return ok(null);
  if (isProjectName(path)) return ok('halfspace');
  const format = exportFormatOfName(path);
  return format
    ? ok(format)
    : fail({
        code: 'usage',
        message: `-o ${path}: there is no format for ".${extension}".`,
        hint: `Use ${EXTENSIONS.join(', ')}, or a folder.`,
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
        : [
            await write(output, 'obj', true),
            await save(`${output}/${document.name}.${extensionOf('halfspace')}`),
          ];
  const failed = results.find((result) => !result.ok);
  return failed && !failed.ok ? failed : ok(written);
}
