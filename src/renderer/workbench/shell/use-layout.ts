import type { Layout } from 'react-resizable-panels';
import { rememberLayout } from '../actions/settings';
import { useUi, useWorkbench } from '../state/hooks';

export interface RememberedLayout {
  readonly defaultLayout: Layout | undefined;
  remember(next: Layout): void;
}

/** The sizes of these panels as they were last time, and how to remember them; undefined before the first change. */
export function useLayout(ids: readonly string[]): RememberedLayout {
  const workbench = useWorkbench();
  const layout = useUi((state) => state.settings.layout);
  return {
    defaultLayout: ids.every((id) => id in layout)
      ? Object.fromEntries(ids.map((id) => [id, layout[id]]))
      : undefined,
    remember: (next) => rememberLayout(workbench, next),
  };
}
