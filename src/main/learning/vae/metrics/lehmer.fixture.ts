/**
 * Lehmer's generator (16807, 2^31 - 1) in [0, 1): two lines in any language, so that numbers made elsewhere can be
 * compared with ours on the same input.
 */
export function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}
