import type { FileGrant } from '../../../shared/contract/bridge';
import type { Workbench } from '../state/workbench';
import { attempt, reportProblem } from './jobs';

/** Asks for a file of any kind that a workspace opens, and opens it. */
export async function openByDialog(workbench: Workbench): Promise<void> {
  const extensions = new Set(workbench.workspaces.flatMap(({ files }) => files?.extensions ?? []));
  const grant = await attempt(workbench, 'Open', () =>
    workbench.bridge.chooseFile({ purpose: 'open', extensions: [...extensions] }),
  );
  if (grant) openFile(workbench, grant);
}

/** Hands a file to the workspace that takes it; later ones build on earlier ones, so they are asked first. */
export function openFile(workbench: Workbench, grant: FileGrant): void {
  const takers = workbench.workspaces.flatMap(({ files }) => files ?? []);
  takers.findLast(({ takes }) => takes(workbench, grant.name))?.open(workbench, grant);
}

/** What was dropped goes to the workspace in front if it has a use of its own for it; else the first file is opened. */
export async function openDropped(workbench: Workbench, files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const { workspace } = workbench.ui.getState();
  const front = workbench.workspaces.find(({ tab }) => tab?.name === workspace)?.drops;
  const target = front?.takes(workbench, files) ? front : null;
  const granted = await Promise.all(
    (target ? files : files.slice(0, 1)).map(async (file) => ({
      file,
      grant: await attempt(workbench, 'Open', () => workbench.bridge.grantDrop(file)),
    })),
  );
  const dropped = granted.flatMap(({ file, grant }) => (grant ? [{ file, grant }] : []));
  if (dropped.length === 0) {
    reportProblem(workbench, 'Open', {
      code: 'not-a-file',
      message: `${files[0].name || 'What was dropped'} is not a file on this computer.`,
      hint: 'Save it to a folder first, then drop it from there.',
    });
  } else if (target) await target.drop(workbench, dropped);
  else openFile(workbench, dropped[0].grant);
}
