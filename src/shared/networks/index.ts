import type { NetworkKind } from '../recipes/training';
import { CVXNET } from './cvxnet';
import type { NetworkFacts } from './types';
import { VAE } from './vae';

export type { ConfigField, NetworkFacts } from './types';

/** Every kind of network that is trained here. Another one is a record and a line, here and in the engine. */
export const NETWORKS: Readonly<Record<NetworkKind, NetworkFacts>> = { cvxnet: CVXNET, vae: VAE };

export const NETWORK_KINDS = Object.keys(NETWORKS) as [NetworkKind, ...NetworkKind[]];

/** What a configuration or a model file is of that does not say its kind: there was one kind once. */
export const UNSAID_KIND: NetworkKind = 'cvxnet';

export function isNetworkKind(value: unknown): value is NetworkKind {
  return NETWORK_KINDS.some((kind) => kind === value);
}

/** Whether a validation is better than the best one so far. */
export function isBetter(kind: NetworkKind, value: number, best: number | null): boolean {
  return best === null || (NETWORKS[kind].validation.rises ? value > best : value < best);
}
