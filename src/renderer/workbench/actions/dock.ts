import type { Workbench } from '../state/workbench';

/** Opens or collapses the jobs because a person asked for it. */
export function setDock({ ui }: Pick<Workbench, 'ui'>, open: boolean): void {
  ui.setState({ dockOpen: open, dockCollapsed: !open });
}

/** Opens the jobs for something to read. What a person collapsed stays so: its line says it, with a way to open it. */
export function offerDock({ ui }: Pick<Workbench, 'ui'>): void {
  ui.setState(({ dockCollapsed }) => (dockCollapsed ? {} : { dockOpen: true }));
}
