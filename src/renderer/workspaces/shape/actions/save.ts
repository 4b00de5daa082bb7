import type { FileGrant } from '../../../../shared/contract/bridge';
import type { ExportFormat } from '../../../../shared/formats/index';
import { extensionOf } from '../../../../shared/formats/lookup';
import type { ExportOptions } from '../../../../shared/formats/options';
import { bytes, plural } from '../../../ui/format';
import { writeLog } from '../../../workbench/state/ui';
import type { Workbench } from '../../../workbench/state/workbench';
import { attempt, reportProblem, runJob } from '../../../workbench/actions/jobs';
import { rememberFile } from '../../../workbench/actions/settings';
import { shapeSlice } from '../state';

/** Saves where the project lies; asks when it lies nowhere yet or cannot be written. True when it was saved. */
export async function save(workbench: Workbench): Promise<boolean> {
  const { project } = shapeSlice.get(workbench);
  return project ? writeProject(workbench, project, true) : saveAs(workbench);
}

export async function saveAs(workbench: Workbench): Promise<boolean> {
  const { document } = workbench.document.state();
  const turn = workbench.turns.begin('save');
  const grant = await attempt(workbench, 'Save', () =>
    workbench.bridge.chooseFile({
      purpose: 'save-project',
      suggestedName: `${fileName(document.name)}.${extensionOf('halfspace')}`,
      extensions: [extensionOf('halfspace')],
    }),
  );
  if (!grant) return false;
  if (turn.holds()) return writeProject(workbench, grant, false);
  reportProblem(workbench, 'Save', {
    code: 'document-replaced',
    message: `Another document was opened while you chose where to save ${document.name}; nothing was written.`,
    hint: 'Save again to write the document that is open now.',
  });
  return false;
}

async function writeProject(workbench: Workbench, grant: FileGrant, mayAsk: boolean): Promise<boolean> {
  const turn = workbench.turns.begin('save');
  const { document } = workbench.document.state();
  const { source, picture } = shapeSlice.get(workbench);
  const behind = source?.request ?? picture?.request;
  const end = await runJob(
    workbench,
    {
      kind: 'save-project',
      document,
      destination: grant.token,
      ...(behind && { source: behind }),
    },
    {
      title: `Save ${grant.name}`,
      outcome: ({ value }) => `${bytes(value.files.reduce((sum, file) => sum + file.bytes, 0))} written`,
      handled: mayAsk ? ['file-not-writable'] : [],
    },
  );
  if (!end.ok)
    return mayAsk && turn.holds() && end.error.code === 'file-not-writable' ? saveAs(workbench) : false;
  for (const note of end.value.value.notes) writeLog(workbench.ui, `${grant.name}: ${note}`);
  // The file is whole, but what the window shows by now is not what it holds.
  if (!turn.holds()) return false;
  workbench.document.markSaved(document);
  shapeSlice.set(workbench, { project: grant });
  // The file that the source came from may go (a recovered one does); the one just written holds it too.
  if (end.value.value.notes.length === 0) {
    const request = { token: grant.token };
    if (source?.embedded) shapeSlice.set(workbench, { source: { ...source, request } });
    if (picture?.embedded) shapeSlice.set(workbench, { picture: { ...picture, request } });
  }
  await rememberFile(workbench, grant.name);
  await attempt(workbench, 'Clear recovery', () => workbench.bridge.clearRecovery());
  return true;
}

export interface ExportChoice {
  readonly format: ExportFormat;
  readonly options: ExportOptions;
}

/** Asks where, then writes. True when files were written. */
export async function exportShape(workbench: Workbench, choice: ExportChoice): Promise<boolean> {
  const { document } = workbench.document.state();
  const { source } = shapeSlice.get(workbench);
  const extension = extensionOf(choice.format);
  const grant = await attempt(workbench, 'Export', () =>
    workbench.bridge.chooseFile({
      purpose: 'export-file',
      suggestedName: `${fileName(document.name)}.${extension}`,
      extensions: [extension],
    }),
  );
  if (!grant) return false;
  const end = await runJob(
    workbench,
    {
      kind: 'export',
      document,
      format: choice.format,
      options: choice.options,
      destination: grant.token,
      ...(source && { source: source.request }),
    },
    {
      title: `Export ${grant.name}`,
      reveal: grant.token,
      outcome: ({ value }) =>
        `${plural(value.files.length, 'file')}, ${bytes(value.files.reduce((sum, file) => sum + file.bytes, 0))}`,
    },
  );
  if (!end.ok) return false;
  for (const file of end.value.value.files)
    writeLog(workbench.ui, `Wrote ${baseName(file.name)} (${bytes(file.bytes)})`);
  return true;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what must go
  return name.replace(/[<>:"/\\|?*\u0000-\u001f]/g, '-').trim() || 'shape';
}
