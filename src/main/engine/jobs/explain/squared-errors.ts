/** [N, H, W] squared differences of [N, H, W, C], mean over channels. */
export function squaredErrors(a: Float32Array, b: Float32Array, channels: number): Float32Array {
  const errors = new Float32Array(a.length / channels);
  for (let i = 0; i < a.length; i++) errors[Math.floor(i / channels)] += (a[i] - b[i]) ** 2 / channels;
  return errors;
}
