import type { AnomalyOptions, AttentionOptions, VaeCard } from '../../../shared/contract/explain';
import { defaultLayer } from '../../../shared/pictures/default-layer';
import { isSameModel, modelsSlice, type VaeItem } from '../models/state';
import type { UiState } from '../../workbench/state/ui';
import type { Workbench } from '../../workbench/state/workbench';
import { explainSlice, type ExplainState, type OpenCollection } from './state';

/** The VAE that explains: the one that was chosen, else the first that fits the collection. */
export function currentVae(ui: UiState): VaeItem | null {
  const { vaes } = modelsSlice.in(ui);
  const explain = explainSlice.in(ui);
  const { model } = explain;
  const chosen = model && vaes.find(({ choice }) => isSameModel(choice, model));
  return chosen ?? fitting(vaes, explain.collection) ?? null;
}

/** A model of the collection's own name, then one of its size, then any. */
function fitting(vaes: readonly VaeItem[], collection: OpenCollection | null): VaeItem | undefined {
  if (!collection) return undefined;
  const { choice, opened } = collection;
  const name = 'builtin' in choice ? choice.builtin : null;
  const { size } = opened;
  return (
    vaes.find(({ entry }) => entry.name === name) ??
    vaes.find(
      ({ entry: { card } }) => card.network.height === size?.height && card.network.width === size.width,
    ) ??
    vaes[0]
  );
}

/** The layer that was chosen where this model has it; else the one that is looked at first. */
export function layerOf({ layers }: Pick<VaeCard, 'layers'>, wanted: string): string {
  if (layers.some(({ name }) => name === wanted)) return wanted;
  return defaultLayer(layers).name;
}

export function attentionOptionsFor({ options }: ExplainState, { entry }: VaeItem): AttentionOptions {
  return { ...options, layer: layerOf(entry.card, options.layer) };
}

export function anomalyOptionsFor({ anomaly }: ExplainState, { entry }: VaeItem): AnomalyOptions {
  return { ...anomaly.options, layer: layerOf(entry.card, anomaly.options.layer) };
}

/** Explains with another model; what depends on the last one's codes goes. */
export function chooseVae(workbench: Workbench, { choice }: VaeItem): void {
  const { space } = explainSlice.get(workbench);
  explainSlice.set(workbench, {
    model: choice,
    latent: null,
    hovered: null,
    code: null,
    decoded: null,
    problem: null,
    space: { ...space, axes: null },
  });
}
