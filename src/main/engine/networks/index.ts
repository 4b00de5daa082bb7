import { NETWORK_KINDS } from '../../../shared/networks';
import type { NetworkKind, TrainingConfig } from '../../../shared/recipes/training';
import { cvxNetEngine } from './cvxnet';
import type { NetworkEngine } from './types';
import { vaeEngine } from './vae';

export type { ModelLists, NetworkEngine } from './types';

const ENGINES: { readonly [K in NetworkKind]: NetworkEngine<Extract<TrainingConfig, { kind: K }>> } = {
  cvxnet: cvxNetEngine,
  vae: vaeEngine,
};

/** What the engine does with a kind of network; its methods take configurations of that kind. */
export function networkEngine(kind: NetworkKind): NetworkEngine {
  return ENGINES[kind];
}

/** Of every kind, in the order of the descriptors. */
export function networkEngines(): NetworkEngine[] {
  return NETWORK_KINDS.map(networkEngine);
}
