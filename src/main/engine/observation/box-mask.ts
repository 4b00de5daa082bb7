import type { ColourImage } from '../../../shared/dataset/types';
import { createRandom } from '../../../shared/random';
import { dropSmallRegions, flood, borderPixels } from './regions';
import type { PixelBox } from './shrink';

/** Colours per side. */
const CLUSTERS = 6;
const ROUNDS = 5;
const SMOOTHING = 12;
/** How much a pixel's neighbours count beside its own colour. */
const COUPLING = 3;
/** Least variance of a colour cluster, (0..255)^2: pictures are noisier than a few pixels show. */
const LEAST_VARIANCE = 60;

/** Share of the pixels outside the box that the first guess takes for unlike the background. */
const UNLIKELY = 0.02;

/**
 * The object inside a box that a person drew, after GrabCut (Rother, Kolmogorov and Blake 2004): what lies outside the
 * box is background, and what it does not explain starts as the object; colours of both sides are mixtures of Gaussians
 * learned in turns, the background's about a slope of light; neighbours of like colour go together (mean field in place
 * of cuts). Same picture and box, same mask.
 * @returns [height * width] 255 on the object; null when nothing in the box differs from what is around it
 */
export function boxMask({ width, height, rgba }: ColourImage, box: PixelBox): Uint8Array | null {
  const count = width * height;
  const isInside = (i: number): boolean => {
    const x = (i % width) + 0.5;
    const y = Math.floor(i / width) + 0.5;
    return x > box.left && x < box.left + box.width && y > box.top && y < box.top + box.height;
  };
  const inside = Uint8Array.from({ length: count }, (_, i) => (isInside(i) ? 1 : 0));
  // A box over the whole picture has its own rim as background.
  if (!inside.includes(0)) for (const i of borderPixels(width, height, 2)) inside[i] = 0;
  if (!inside.includes(1)) return null;
  const colours = Float32Array.from({ length: count * 3 }, (_, i) => rgba[Math.floor(i / 3) * 4 + (i % 3)]);
  const level = withoutSlope(colours, width, (i) => inside[i] === 0);
  const similar = neighbourSimilarity(rgba, width, height);
  const belief = firstGuess(level, inside);
  for (let round = 0; round < ROUNDS; round++) {
    const object = learnColours(colours, (i) => inside[i] === 1 && belief[i] > 0.5);
    const rest = learnColours(level, (i) => inside[i] === 0 || belief[i] <= 0.5);
    if (!object || !rest) return null;
    const evidence = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      if (!inside[i]) continue;
      const ratio = logLikelihood(object, colours, i) - logLikelihood(rest, level, i);
      evidence[i] = Math.max(-8, Math.min(8, ratio));
    }
    smooth(belief, evidence, inside, similar, width, height);
  }
  const mask = Uint8Array.from(belief, (value) => (value > 0.5 ? 255 : 0));
  dropSmallRegions(mask, width, 0.05);
  // Holes of a few pixels are noise; larger ones may be seen through: handles and chairs have them.
  return mask.includes(255) ? fillSpecks(mask, width, height) : null;
}

/** 1 inside the box where the background outside explains a pixel worse than nearly all of its own. */
function firstGuess(level: Float32Array, inside: Uint8Array): Float32Array {
  const rest = learnColours(level, (i) => inside[i] === 0);
  if (!rest) return Float32Array.from(inside);
  const likelihoods = Float32Array.from(inside, (_, i) => logLikelihood(rest, level, i));
  const known = likelihoods.filter((_, i) => inside[i] === 0).sort();
  const least = known[Math.floor(UNLIKELY * known.length)];
  return Float32Array.from(inside, (value, i) => (value && likelihoods[i] < least ? 1 : 0));
}

/** Colours [count, 3] less the slope of light over the pixels that `belongs` names, by least squares. */
function withoutSlope(colours: Float32Array, width: number, belongs: (i: number) => boolean): Float32Array {
  const count = colours.length / 3;
  const out = colours.slice();
  for (let c = 0; c < 3; c++) {
    const sums = { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0, v: 0, xv: 0, yv: 0 };
    for (let i = 0; i < count; i++) {
      if (!belongs(i)) continue;
      const [x, y, v] = [i % width, Math.floor(i / width), colours[i * 3 + c]];
      sums.n++;
      sums.x += x;
      sums.y += y;
      sums.xx += x * x;
      sums.xy += x * y;
      sums.yy += y * y;
      sums.v += v;
      sums.xv += x * v;
      sums.yv += y * v;
    }
    const mean = { x: sums.x / sums.n, y: sums.y / sums.n, v: sums.v / sums.n };
    const xx = sums.xx / sums.n - mean.x ** 2;
    const xy = sums.xy / sums.n - mean.x * mean.y;
    const yy = sums.yy / sums.n - mean.y ** 2;
    const xv = sums.xv / sums.n - mean.x * mean.v;
    const yv = sums.yv / sums.n - mean.y * mean.v;
    const determinant = xx * yy - xy * xy;
    if (!(determinant > 1e-6)) continue;
    const a = (xv * yy - yv * xy) / determinant;
    const b = (yv * xx - xv * xy) / determinant;
    for (let i = 0; i < count; i++) {
      out[i * 3 + c] -= a * ((i % width) - mean.x) + b * (Math.floor(i / width) - mean.y);
    }
  }
  return out;
}

interface ColourCluster {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly logWeight: number;
}

function learnColours(colours: Float32Array, belongs: (i: number) => boolean): ColourCluster[] | null {
  const pixels: number[] = [];
  for (let i = 0; i * 3 < colours.length; i++) if (belongs(i)) pixels.push(i);
  if (pixels.length < CLUSTERS) return null;
  const random = createRandom(2004);
  const drawn = Array.from(
    { length: Math.min(2000, pixels.length) },
    () => pixels[random.integer(pixels.length)],
  );
  const colour = (i: number): number[] => [colours[i * 3], colours[i * 3 + 1], colours[i * 3 + 2]];
  let centres = Array.from({ length: CLUSTERS }, () => colour(drawn[random.integer(drawn.length)]));
  let groups: number[][] = [];
  for (let step = 0; step < 8; step++) {
    groups = centres.map(() => []);
    for (const i of drawn) groups[nearest(centres, colour(i))].push(i);
    centres = centres.map((centre, k) => (groups[k].length > 0 ? meanOf(groups[k].map(colour)) : centre));
  }
  return centres.flatMap((mean, k) => {
    if (groups[k].length === 0) return [];
    const variance = [0, 1, 2].map(
      (c) =>
        LEAST_VARIANCE +
        groups[k].reduce((sum, i) => sum + (colours[i * 3 + c] - mean[c]) ** 2, 0) / groups[k].length,
    );
    return [{ mean, variance, logWeight: Math.log(groups[k].length / drawn.length) }];
  });
}

function logLikelihood(clusters: readonly ColourCluster[], colours: Float32Array, i: number): number {
  let best = -Infinity;
  for (const { mean, variance, logWeight } of clusters) {
    let value = logWeight;
    for (let c = 0; c < 3; c++) {
      value -= 0.5 * ((colours[i * 3 + c] - mean[c]) ** 2 / variance[c] + Math.log(variance[c]));
    }
    best = Math.max(best, value);
  }
  return best;
}

/** [count, 2] how alike a pixel is to its right and its lower neighbour, 0 to 1, relative to the picture's contrast. */
function neighbourSimilarity(rgba: Uint8Array, width: number, height: number): Float32Array {
  const differences = new Float32Array(width * height * 2);
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < width * height; i++) {
    [i % width < width - 1 ? i + 1 : -1, i + width < width * height ? i + width : -1].forEach((j, side) => {
      if (j < 0) return;
      let square = 0;
      for (let c = 0; c < 3; c++) square += (rgba[i * 4 + c] - rgba[j * 4 + c]) ** 2;
      differences[i * 2 + side] = square;
      sum += square;
      pairs++;
    });
  }
  const scale = 1 / Math.max(1, (2 * sum) / Math.max(1, pairs));
  return differences.map((square) => Math.exp(-square * scale));
}

/** Mean field of a grid whose like neighbours want to agree; `belief` in place, 0 outside the box. */
function smooth(
  belief: Float32Array,
  evidence: Float32Array,
  inside: Uint8Array,
  similar: Float32Array,
  width: number,
  height: number,
): void {
  for (let step = 0; step < SMOOTHING; step++) {
    for (let i = 0; i < belief.length; i++) {
      if (!inside[i]) {
        belief[i] = 0;
        continue;
      }
      const x = i % width;
      let pull = 0;
      if (x > 0) pull += similar[(i - 1) * 2] * (2 * belief[i - 1] - 1);
      if (x < width - 1) pull += similar[i * 2] * (2 * belief[i + 1] - 1);
      if (i >= width) pull += similar[(i - width) * 2 + 1] * (2 * belief[i - width] - 1);
      if (i < width * (height - 1)) pull += similar[i * 2 + 1] * (2 * belief[i + width] - 1);
      belief[i] = 1 / (1 + Math.exp(-(evidence[i] + COUPLING * pull)));
    }
  }
}

/** Fills holes of a few pixels. */
function fillSpecks(mask: Uint8Array, width: number, height: number): Uint8Array {
  const background = mask.map((value) => (value > 0 ? 0 : 1));
  const outside = flood(borderPixels(width, height, 1), width, mask.length, (i) => background[i] === 1);
  const holes = background.map((value, i) => (value && !outside[i] ? 1 : 0));
  const kept = background.slice();
  dropSmallRegions(kept, width, 0.0005);
  return mask.map((value, i) => (holes[i] && !kept[i] ? 255 : value));
}

function nearest(centres: readonly (readonly number[])[], colour: readonly number[]): number {
  let best = 0;
  let least = Infinity;
  for (let k = 0; k < centres.length; k++) {
    const distance = centres[k].reduce((sum, value, c) => sum + (value - colour[c]) ** 2, 0);
    if (distance < least) [best, least] = [k, distance];
  }
  return best;
}

function meanOf(colours: readonly (readonly number[])[]): number[] {
  return [0, 1, 2].map((c) => colours.reduce((sum, colour) => sum + colour[c], 0) / colours.length);
}
