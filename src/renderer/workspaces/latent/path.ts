import type { LatentState, Station } from './state';

/** The code at a place of the path, 0 to 1: straight between the two stations around it, stations evenly spaced. */
export function latentAt(stations: readonly Pick<Station, 'latent'>[], place: number): readonly number[] {
  const along = Math.min(1, Math.max(0, place)) * (stations.length - 1);
  const first = Math.min(Math.floor(along), Math.max(0, stations.length - 2));
  const from = stations[first].latent;
  const to = (stations[first + 1] ?? stations[first]).latent;
  const t = along - first;
  return from.map((value, i) => value + t * (to[i] - value));
}

/** The frame nearest to a place, from 0. */
export function frameAt(place: number, frames: number): number {
  return Math.round(place * (frames - 1));
}

/** The place after a number of frames forward or back, on a frame. */
export function stepFrame({ place, frames }: Pick<LatentState, 'place' | 'frames'>, step: number): number {
  return Math.min(1, Math.max(0, (frameAt(place, frames) + step) / (frames - 1)));
}

/** Where a place lies, in words. */
export function describePlace({ stations, place, frames }: LatentState): string {
  const along = place * (stations.length - 1);
  const nearest = Math.round(along);
  const frame = `Frame ${frameAt(place, frames) + 1} of ${frames}`;
  if (Math.abs(along - nearest) < 1e-6) return `${frame}, ${stations[nearest].title}`;
  const first = Math.floor(along);
  const share = Math.round(100 * (along - first));
  return `${frame}, ${share} % from ${stations[first].title} to ${stations[first + 1].title}`;
}
