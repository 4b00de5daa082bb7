import type { Workbench } from '../../workbench/state/workbench';
import { explainSlice, type AnomalyState, type BetweenState, type MapLook, type SpaceState } from './state';

export function changeLook(workbench: Workbench, changes: Partial<MapLook>): void {
  explainSlice.set(workbench, { look: { ...explainSlice.get(workbench).look, ...changes } });
}

export function changeBetween(workbench: Workbench, changes: Partial<BetweenState>): void {
  explainSlice.set(workbench, { between: { ...explainSlice.get(workbench).between, ...changes } });
}

export function changeSpace(workbench: Workbench, changes: Partial<SpaceState>): void {
  explainSlice.set(workbench, { space: { ...explainSlice.get(workbench).space, ...changes } });
}

export function changeAnomaly(workbench: Workbench, changes: Partial<AnomalyState>): void {
  explainSlice.set(workbench, { anomaly: { ...explainSlice.get(workbench).anomaly, ...changes } });
}
