import type { Workbench } from '../../workbench/state/workbench';
import type { AnomalyState, BetweenState, ExplainState, MapLook, SpaceState } from './state';

export function changeExplain({ ui }: Pick<Workbench, 'ui'>, changes: Partial<ExplainState>): void {
  ui.setState((state) => ({ explain: { ...state.explain, ...changes } }));
}

export function explainState({ ui }: Pick<Workbench, 'ui'>): ExplainState {
  return ui.getState().explain;
}

export function changeLook(workbench: Workbench, changes: Partial<MapLook>): void {
  changeExplain(workbench, { look: { ...explainState(workbench).look, ...changes } });
}

export function changeBetween(workbench: Workbench, changes: Partial<BetweenState>): void {
  changeExplain(workbench, { between: { ...explainState(workbench).between, ...changes } });
}

export function changeSpace(workbench: Workbench, changes: Partial<SpaceState>): void {
  changeExplain(workbench, { space: { ...explainState(workbench).space, ...changes } });
}

export function changeAnomaly(workbench: Workbench, changes: Partial<AnomalyState>): void {
  changeExplain(workbench, { anomaly: { ...explainState(workbench).anomaly, ...changes } });
}
