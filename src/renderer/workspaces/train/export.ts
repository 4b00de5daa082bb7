import type { FormatId } from '../../../shared/formats/index';
import { extensionOf } from '../../../shared/formats/lookup';
import { attempt } from '../../workbench/actions/jobs';
import { bytes as formatBytes } from '../../ui/format';
import { writeLog } from '../../workbench/state/ui';
import type { Workbench } from '../../workbench/state/workbench';
import { lineStyle } from '../../ui/chart/line-style';
import { metricTitle } from '../../ui/chart/metric-title';
import { curvesTable } from './metrics';
import { drawPicture } from './picture';
import { trainSlice, type RunEntry } from './state';
import { modelsSlice } from '../models/state';

/** Every metric of the compared runs, as a table. */
export async function exportCurvesCsv(workbench: Workbench): Promise<void> {
  const runs = comparedRuns(workbench).map(({ folder, rows }) => ({ name: folder.name, rows }));
  const table = new TextEncoder().encode(curvesTable(runs));
  await writeChosen(workbench, 'csv', () => Promise.resolve(table));
}

/** The two charts as they are shown, with their titles and a legend. */
export async function exportCurvesPng(workbench: Workbench): Promise<void> {
  // Only what is shown has been drawn.
  workbench.ui.setState({ workspace: 'train' });
  modelsSlice.set(workbench, { shown: false });
  await writeChosen(workbench, 'png', async () => {
    const { theme } = workbench.ui.getState();
    const style = getComputedStyle(document.documentElement);
    const { metrics } = trainSlice.get(workbench).curves;
    const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.curve-canvas canvas')];
    const picture = await drawPicture(
      canvases.map((canvas, i) => ({ title: metricTitle(metrics[i]), canvas })),
      comparedRuns(workbench).map(({ folder, colour }) => ({
        name: folder.name,
        ...lineStyle(colour, theme),
      })),
      {
        background: style.getPropertyValue('--panel').trim(),
        text: style.getPropertyValue('--text').trim(),
        font: style.getPropertyValue('--font'),
      },
      window.devicePixelRatio,
    );
    return new Uint8Array(await picture.arrayBuffer());
  });
}

/** The next run's configuration, to change by hand or to train with on the command line. */
export async function exportConfig(workbench: Workbench): Promise<void> {
  const { draft, name } = trainSlice.get(workbench).setup;
  const text = new TextEncoder().encode(`${JSON.stringify(draft, null, 2)}\n`);
  await writeChosen(workbench, 'json', () => Promise.resolve(text), name);
}

async function writeChosen(
  workbench: Workbench,
  format: FormatId,
  content: () => Promise<Uint8Array>,
  name = 'curves',
): Promise<void> {
  await attempt(workbench, 'Export', async () => {
    const grant = await workbench.bridge.chooseFile({
      purpose: 'export-file',
      suggestedName: `${name}.${extensionOf(format)}`,
      extensions: [extensionOf(format)],
    });
    if (!grant) return;
    const bytes = await content();
    await workbench.bridge.writeGrant(grant.token, bytes);
    writeLog(workbench.ui, `Wrote ${grant.name} (${formatBytes(bytes.byteLength)})`);
  });
}

function comparedRuns(workbench: Workbench): readonly RunEntry[] {
  return trainSlice.get(workbench).runs.filter(({ compared, rows }) => compared && rows.length > 0);
}
