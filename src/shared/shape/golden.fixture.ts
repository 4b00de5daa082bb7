import golden from './fixtures/cvxnet.golden.json';
import { REFERENCE_WEIGHTS, type LossWeights } from './losses';

/** The float64 test vectors of an independent reference implementation (K = 3, H = 8, D = 3, 6 + 6 points, k = 4). */
export const goldenCase = {
  layout: { dims: 3, parts: golden.K, planes: golden.H } as const,
  boxCount: golden.nb,
  logits: [...golden.P.blend, ...golden.P.trans.flat(), ...golden.P.theta.flat(2)],
  points: Float64Array.from(golden.pts.flat()),
  labels: Float64Array.from(golden.gt),
  weights: { ...REFERENCE_WEIGHTS, nearest: golden.k } satisfies LossWeights,
  normals: golden.normals.flat(2),
  offsets: golden.offsets.flat().map((offset) => -offset),
  smoothness: golden.delta,
  phi: golden.phi.flat(),
  indicator: golden.C.flat(),
  union: golden.O,
  losses: golden.losses,
  gradient: [...golden.grad.blend, ...golden.grad.trans.flat(), ...golden.grad.theta.flat(2)],
};
