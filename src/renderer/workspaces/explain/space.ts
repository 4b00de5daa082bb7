import { MOST_PICTURES, type CollectionPicture } from '../../../shared/contract/explain';
import { fail, ok, type Result } from '../../../shared/result';
import { principalComponents, project } from '../../../shared/statistics/principal-components';
import { runJob } from '../../workbench/actions/jobs';
import { plural } from '../../ui/format';
import type { Workbench } from '../../workbench/state/workbench';
import { changeSpace } from './change';
import { collectionKey } from './keys';
import { shownPictures, spread } from './labels';
import { currentVae } from './model';
import { explainSlice, type LaidOut } from './state';
import type { UiState } from '../../workbench/state/ui';

/** Names what is laid out with the settings of now; null where nothing is open. */
export function layOutKey(state: UiState): string | null {
  const { collection, split, filter, space } = explainSlice.in(state);
  const vae = currentVae(state);
  if (!collection || !vae) return null;
  return JSON.stringify([collectionKey(collection.choice, split), vae.choice, filter, space.count]);
}

/** Encodes pictures of the filter, spread evenly, and shows where their codes lie. */
export async function layOut(workbench: Workbench): Promise<void> {
  const state = explainSlice.get(workbench);
  const vae = currentVae(workbench.ui.getState());
  if (!state.collection || !vae) return;
  explainSlice.set(workbench, { view: 'space' });
  const { collection, split, space } = state;
  const key = layOutKey(workbench.ui.getState()) ?? '';
  const indices = spread(shownPictures(state), space.count);
  const mu: Float32Array[] = [];
  const pictures: CollectionPicture[] = [];
  for (let from = 0; from < indices.length; from += MOST_PICTURES) {
    const selection = {
      collection: collection.choice,
      split,
      indices: indices.slice(from, from + MOST_PICTURES),
    };
    const end = await runJob(
      workbench,
      { kind: 'encode-pictures', model: vae.choice, selection },
      {
        title: `Encode ${plural(selection.indices.length, 'picture')}`,
        onStarted: (id) => explainSlice.set(workbench, { running: id, lastJob: id }),
      },
    );
    const read = end.ok ? await readSelection(workbench, selection) : end;
    if (!end.ok || !read.ok) {
      explainSlice.set(workbench, { running: null });
      return;
    }
    mu.push(end.value.value.mu);
    pictures.push(...read.value);
  }
  explainSlice.set(workbench, { running: null });
  const latent = vae.entry.card.network.latent;
  changeSpace(workbench, { laidOut: { key, indices, latent, mu: joined(mu), pictures } });
}

async function readSelection(
  { engine }: Workbench,
  selection: Parameters<typeof engine.startJob<'read-pictures'>>[0]['selection'],
): Promise<Result<readonly CollectionPicture[]>> {
  const end = await engine.startJob({ kind: 'read-pictures', selection }).result;
  return end.ok ? ok(end.value.value.pictures) : fail(end.error);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export interface SpaceView {
  /** [pictures * 2] */
  readonly places: Float32Array;
  readonly across: string;
  readonly up: string;
}

/** Where pictures lie: along the two directions of most variance, or along two latents. */
export function placesOf({ mu, latent }: LaidOut, axes: readonly [number, number] | null): SpaceView {
  if (!axes) {
    const components = principalComponents(mu, latent, 2);
    const [first, second] = components.shares.map((share) => `${(100 * share).toFixed(0)} % of the variance`);
    return {
      places: project(mu, components),
      across: `First component, ${first}`,
      up: `Second component, ${second ?? 'none'}`,
    };
  }
  const count = mu.length / latent;
  const places = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    places[i * 2] = mu[i * latent + axes[0]];
    places[i * 2 + 1] = mu[i * latent + axes[1]];
  }
  return { places, across: latentName(axes[0]), up: latentName(axes[1]) };
}

export function latentName(latent: number | null): string {
  return latent === null ? 'Mean of all latents' : `Latent ${latent}`;
}

/** The point nearest to a place, among all or those in a direction from one; -1 where there is none. */
export function nearestPoint(
  places: Float32Array,
  x: number,
  y: number,
  accept: (dx: number, dy: number) => boolean = () => true,
): number {
  let best = -1;
  let least = Infinity;
  for (let i = 0; i * 2 < places.length; i++) {
    const [dx, dy] = [places[i * 2] - x, places[i * 2 + 1] - y];
    const distance = dx * dx + dy * dy;
    if (distance < least && accept(dx, dy)) {
      least = distance;
      best = i;
    }
  }
  return best;
}
