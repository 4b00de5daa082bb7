import type { HalfspaceBridge } from '../../../shared/contract/bridge';
import { createDocument } from '../../../shared/document/build';
import { createDocumentStore } from '../../../shared/document/store';
import { createCommandList } from '../commands/list';
import { WORKBENCH_COMMANDS } from '../commands/own';
import { createEngineClient } from '../jobs/client';
import { createJobList } from '../jobs/list';
import { listenForPorts } from '../jobs/port';
import { createTurns } from './turns';
import { createUiStore } from './ui';
import type { Workbench, Workspace } from './workbench';

/** A window's workbench of these workspaces; the first one with a tab is shown. */
export function createWorkbench(bridge: HalfspaceBridge, workspaces: readonly Workspace[]): Workbench {
  const first = workspaces.flatMap(({ tab }) => tab ?? [])[0];
  if (!first) throw new Error('A window needs a workspace with a tab.');
  const document = createDocumentStore(createDocument('Untitled'));
  return {
    bridge,
    engine: createEngineClient({
      bridge,
      onPort: listenForPorts,
      afterDrawing: (callback) => void requestAnimationFrame(callback),
    }),
    jobs: createJobList(),
    document,
    ui: createUiStore(first.name),
    workspaces,
    commands: createCommandList([...WORKBENCH_COMMANDS, ...workspaces.flatMap(({ commands }) => commands)]),
    viewport: null,
    viewportBox: () => new DOMRect(),
    turns: createTurns(document),
  };
}
