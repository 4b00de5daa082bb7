import type { FileGrant } from '../../../shared/contract/bridge';
import type { FlatOptions, FlatPreview } from '../../../shared/contract/flat';
import { checkMask } from '../../../shared/flat/mask';
import { SAMPLE_MASK_SIDE, sampleMaskPicture, type SampleMaskName } from '../../../shared/flat/pictures';
import { extensionOf, extensionsReadAs } from '../../../shared/formats/lookup';
import { drawingOver, flatText, type FlatFormat } from '../../../shared/flat/text';
import type { FlatMask } from '../../../shared/flat/types';
import { attempt, runJob } from '../../workbench/actions/jobs';
import { bytes, plural, seconds, significant } from '../../ui/format';
import { writeLog } from '../../workbench/state/ui';
import type { Workbench } from '../../workbench/state/workbench';
import { flatSlice, type FlatState, type MaskPicture } from './state';

export function changeFlatOptions(workbench: Workbench, changes: Partial<FlatOptions>): void {
  const { options } = flatSlice.get(workbench);
  flatSlice.set(workbench, { options: { ...options, ...changes } });
}

/** Another mask: what was fitted to the last one goes, and a fit that runs ends. */
function showMask(workbench: Workbench, mask: FlatMask, about: Pick<FlatState, 'name' | 'picture'>): void {
  cancelFlat(workbench);
  flatSlice.set(workbench, { ...about, mask, shown: null, result: null, rows: [], problem: null });
}

export function takeSampleMask(workbench: Workbench, name: SampleMaskName): void {
  showMask(workbench, sampleMaskPicture(name), { name, picture: null });
}

export function clearMask(workbench: Workbench): void {
  const side = SAMPLE_MASK_SIDE;
  const inside = new Uint8Array(side * side);
  showMask(workbench, { width: side, height: side, inside }, { name: 'drawing', picture: null });
}

/** A change by pen or eraser; polygons stay until the next fit, so that one sees what moved. */
export function drawMask(workbench: Workbench, mask: FlatMask): void {
  cancelFlat(workbench);
  flatSlice.set(workbench, { mask, result: null, problem: null });
}

export async function chooseMask(workbench: Workbench): Promise<void> {
  const grant = await attempt(workbench, 'Choose mask', () =>
    workbench.bridge.chooseFile({ purpose: 'open', extensions: extensionsReadAs('picture') }),
  );
  if (grant) await openMask(workbench, { grant, threshold: 0.5, invert: false });
}

export async function dropMask(workbench: Workbench, file: File): Promise<void> {
  const grant: FileGrant | null = await attempt(workbench, 'Open mask', () =>
    workbench.bridge.grantDrop(file),
  );
  if (grant) await openMask(workbench, { grant, threshold: 0.5, invert: false });
}

/** Reads a picture as a mask; what is wrong with it is said in the dialog. */
export async function openMask(workbench: Workbench, picture: MaskPicture): Promise<void> {
  const { grant, threshold, invert } = picture;
  // Said at once, so that a slider follows the hand; the mask follows when it has been read.
  if (flatSlice.get(workbench).picture?.grant.token === grant.token) flatSlice.set(workbench, { picture });
  const end = await workbench.engine.startJob({ kind: 'open-mask', token: grant.token, threshold, invert })
    .result;
  const current = flatSlice.get(workbench).picture;
  if (current?.grant.token === grant.token && current !== picture) return;
  if (!end.ok) {
    flatSlice.set(workbench, { problem: end.error });
    return;
  }
  for (const note of end.value.value.notes) writeLog(workbench.ui, `${grant.name}: ${note}`);
  showMask(workbench, end.value.value.mask, { name: grant.name.replace(/\.[^.]*$/, ''), picture });
}

/** Fits polygons to the mask as it is now. */
export async function startFlat(workbench: Workbench): Promise<void> {
  const { mask, options, name } = flatSlice.get(workbench);
  cancelFlat(workbench);
  const checked = checkMask(mask);
  if (!checked.ok) {
    flatSlice.set(workbench, { problem: checked.error });
    return;
  }
  flatSlice.set(workbench, { shown: null, result: null, rows: [], problem: null });
  let job = 0;
  const runs = (): boolean => flatSlice.get(workbench).job === job;
  const end = await runJob(
    workbench,
    { kind: 'fit-flat', mask, options },
    {
      title: `Fit polygons to ${name}`,
      outcome: ({ value: { figures }, seconds: took }) =>
        `${plural(figures.partCount, 'polygon')}, IoU ${significant(figures.iou)} in ${seconds(took)}`,
      onStarted: (id) => {
        job = id;
        flatSlice.set(workbench, { job });
      },
    },
    {
      onFlatPreview: (shown: FlatPreview) => {
        if (runs()) flatSlice.set(workbench, { shown });
      },
      onRows: (rows) => {
        if (runs()) flatSlice.set(workbench, { rows: [...flatSlice.get(workbench).rows, ...rows] });
      },
    },
  );
  if (!runs()) return;
  flatSlice.set(workbench, { job: null });
  if (end.ok) {
    const { value } = end.value;
    flatSlice.set(workbench, { result: end.value, shown: { shape: value.shape, frame: value.frame } });
  } else if (end.error.code !== 'cancelled') {
    flatSlice.set(workbench, { problem: end.error });
  }
}

export function cancelFlat(workbench: Workbench): void {
  const { job } = flatSlice.get(workbench);
  if (job === null) return;
  workbench.jobs.cancel(job);
  flatSlice.set(workbench, { job: null });
}

/** Writes the polygons that are shown where a person chooses. */
export async function exportFlat(workbench: Workbench, format: FlatFormat): Promise<void> {
  const { shown, mask, name } = flatSlice.get(workbench);
  if (!shown) return;
  await attempt(workbench, 'Export polygons', async () => {
    const grant = await workbench.bridge.chooseFile({
      purpose: 'export-file',
      suggestedName: `${name}.${extensionOf(format)}`,
      extensions: [extensionOf(format)],
    });
    if (!grant) return;
    const text = new TextEncoder().encode(flatText(drawingOver(mask, shown.frame, shown.shape), format));
    await workbench.bridge.writeGrant(grant.token, text);
    writeLog(workbench.ui, `Wrote ${grant.name} (${bytes(text.byteLength)})`);
  });
}
