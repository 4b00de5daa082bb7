import type { HalfspaceBridge } from '../../../shared/contract/bridge';
import { createDocument } from '../../../shared/document/build';
import { createDocumentStore, type DocumentStore } from '../../../shared/document/store';
import { createEngineClient, type EngineClient } from '../jobs/client';
import { createJobList, type JobList } from '../jobs/list';
import { listenForPorts } from '../jobs/port';
import type { Viewport } from '../../viewport/types';
import { createUiStore, type UiStore } from './ui';

/** Everything that actions work on. One per window. */
export interface Workbench {
  readonly bridge: HalfspaceBridge;
  readonly engine: EngineClient;
  readonly jobs: JobList;
  readonly document: DocumentStore;
  readonly ui: UiStore;
  /** The viewport that commands of the view are meant for, while one is shown. */
  viewport: Viewport | null;
  /** Where the canvas lies in the window. */
  viewportBox: () => DOMRect;
  /** Counts what was opened: only the latest may replace the document. */
  opening: number;
}

export function createWorkbench(bridge: HalfspaceBridge): Workbench {
  return {
    bridge,
    engine: createEngineClient({
      bridge,
      onPort: listenForPorts,
      afterDrawing: (callback) => void requestAnimationFrame(callback),
    }),
    jobs: createJobList(),
    document: createDocumentStore(createDocument('Untitled')),
    ui: createUiStore(),
    viewport: null,
    viewportBox: () => new DOMRect(),
    opening: 0,
  };
}
