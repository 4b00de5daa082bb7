/** A code with one latent at another value. */
export function withLatent(code: readonly number[], latent: number, value: number): readonly number[] {
  return code.map((each, i) => (i === latent ? value : each));
}

/** Codes along single latents, the others as they are: latent by latent, value by value. */
export function traversal(
  code: readonly number[],
  latents: readonly number[],
  values: readonly number[],
): readonly (readonly number[])[] {
  return latents.flatMap((latent) => values.map((value) => withLatent(code, latent, value)));
}

/** Straight from one code to another, 0 to 1. */
export function codeBetween(
  from: readonly number[],
  to: readonly number[],
  place: number,
): readonly number[] {
  return from.map((value, i) => value + place * (to[i] - value));
}

/** Codes of evenly spaced frames, both ends included. */
export function framesBetween(
  from: readonly number[],
  to: readonly number[],
  frames: number,
): readonly (readonly number[])[] {
  return Array.from({ length: frames }, (_, i) => codeBetween(from, to, i / (frames - 1)));
}
