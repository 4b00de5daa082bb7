import {
  MOST_PICTURES,
  type AttentionOptions,
  type Maps,
  type PictureSelection,
} from '../../../shared/contract/explain';
import type { JobEnd, JobHandle } from '../../../shared/contract/job-client';
import type { JobKind } from '../../../shared/contract/jobs';
import type { ModelChoice } from '../../../shared/contract/inputs';
import type { Result } from '../../../shared/result';
import type { Workbench } from '../../workbench/state/workbench';
import { codeBetween, framesBetween, traversal } from './codes';
import { explainedKey } from './keys';
import { codeOf, orderedLatents } from './maps';
import { attentionOptionsFor, currentVae } from './model';
import { endsOf } from './select';
import {
  explainSlice,
  STRIP_VALUES,
  STRONGEST,
  type DecodedFrame,
  type Explained,
  type ExplainState,
} from './state';
import type { UiState } from '../../workbench/state/ui';

/** Something to ask the engine for, named so that nothing is asked for twice. */
export interface Order {
  readonly key: string;
}

/** Maps of the chosen pictures. */
export interface MapOrder extends Order {
  readonly selection: PictureSelection;
  readonly model: ModelChoice;
  readonly options: AttentionOptions;
}

/** Pictures of codes, with their maps where options are given. */
export interface CodeOrder extends Order {
  readonly model: ModelChoice;
  readonly codes: readonly (readonly number[])[];
  readonly options?: AttentionOptions;
}

export interface StripOrder extends CodeOrder {
  readonly latents: readonly number[];
}

/** The maps that are wanted now; null where no picture or no model is chosen, or another view is shown. */
export function mapOrder(state: UiState): MapOrder | null {
  const { collection, split, chosen, view } = explainSlice.in(state);
  const vae = currentVae(state);
  if (!collection || !vae || chosen.length === 0) return null;
  if (view !== 'attention' && view !== 'between') return null;
  const options = attentionOptionsFor(explainSlice.in(state), vae);
  return {
    key: explainedKey(collection.choice, split, vae.choice, options, chosen),
    selection: { collection: collection.choice, split, indices: [...chosen] },
    model: vae.choice,
    options,
  };
}

/** The latents that are listed: the strongest, or every one as far as one request goes. */
export function listedLatents(
  { everyLatent }: Pick<ExplainState, 'everyLatent'>,
  { result }: Pick<Explained, 'result'>,
): readonly number[] {
  const most = everyLatent ? Math.floor(MOST_PICTURES / STRIP_VALUES.length) : STRONGEST;
  return orderedLatents(result).slice(0, most);
}

export function stripOrder(state: ExplainState, explained: Explained): StripOrder | null {
  if (state.view !== 'attention') return null;
  const latents = listedLatents(state, explained);
  const code = codeOf(explained.result, 0);
  const { model } = explained;
  const key = JSON.stringify([model, explained.key, latents]);
  return { key, model, latents, codes: traversal(code, latents, STRIP_VALUES) };
}

/** The strip between two chosen pictures. */
export function pathOrder(
  state: ExplainState,
  explained: Explained,
  options: AttentionOptions,
): CodeOrder | null {
  const ends = pathEnds(state, explained);
  if (!ends) return null;
  const { frames } = state.between;
  const { model } = explained;
  return { key: `${explained.key} ${frames}`, model, codes: framesBetween(...ends, frames), options };
}

/** The picture at the slider's place between two chosen pictures. */
export function placeOrder(
  state: ExplainState,
  explained: Explained,
  options: AttentionOptions,
): CodeOrder | null {
  const ends = pathEnds(state, explained);
  if (!ends) return null;
  const { place } = state.between;
  const { model } = explained;
  return { key: `${explained.key} ${place}`, model, codes: [codeBetween(...ends, place)], options };
}

function pathEnds(
  state: ExplainState,
  { result }: Explained,
): readonly [readonly number[], readonly number[]] | null {
  if (state.view !== 'between' || !endsOf(state)) return null;
  return [codeOf(result, 0), codeOf(result, 1)];
}

export async function askForMaps(
  { engine }: Pick<Workbench, 'engine'>,
  order: MapOrder,
): Promise<Result<Explained>> {
  const { key, selection, model, options } = order;
  const end = await valueOf(engine.startJob({ kind: 'explain', model, selection, options }));
  return end.ok ? { ok: true, value: { key, indices: selection.indices, model, result: end.value } } : end;
}

export async function askForPictures(
  { engine }: Pick<Workbench, 'engine'>,
  { model, codes, options }: CodeOrder,
): Promise<Result<readonly DecodedFrame[]>> {
  const end = await valueOf(
    engine.startJob({
      kind: 'decode-codes',
      model,
      codes: codes.map((code) => [...code]),
      ...(options && { options }),
    }),
  );
  if (!end.ok) return end;
  const { pictures, maps } = end.value;
  return { ok: true, value: pictures.map((picture, n) => ({ picture, maps: maps && mapsOf(maps, n) })) };
}

/** The maps of one of several pictures. */
function mapsOf(maps: Maps, picture: number): Maps {
  const size = maps.perPicture * maps.layer.height * maps.layer.width;
  return { ...maps, values: maps.values.slice(picture * size, (picture + 1) * size) };
}

async function valueOf<K extends JobKind>(handle: JobHandle<K>): Promise<Result<JobEnd<K>['value']>> {
  const end = await handle.result;
  return end.ok ? { ok: true, value: end.value.value } : end;
}
