import type { Picture } from '../../../shared/contract/inputs';
import type { Problem, Result } from '../../../shared/result';
import { createDecoder, WINDOW_CLOCK, type DecoderOptions } from '../../workbench/actions/decoder';
import type { UiState } from '../../workbench/state/ui';
import type { Workbench } from '../../workbench/state/workbench';
import { changeBetween } from './change';
import {
  askForMaps,
  askForPictures,
  mapOrder,
  pathOrder,
  placeOrder,
  stripOrder,
  type CodeOrder,
  type MapOrder,
  type Order,
  type StripOrder,
} from './orders';
import { STRIP_VALUES, type DecodedFrame, type Explained, explainSlice } from './state';
import { modelsSlice } from '../models/state';

type Clock = Pick<DecoderOptions<never, never>, 'afterDrawing' | 'now' | 'later'>;
type Frames = readonly DecodedFrame[];

/** Keeps what is shown up to date with what is chosen: maps, strips, the sliders' picture, and the path. */
export function followExplain(workbench: Workbench, clock: Clock = WINDOW_CLOCK): void {
  const { ui } = workbench;
  const asker = <T extends Order, R>(
    decode: (order: T) => Promise<Result<R>>,
    onDecoded: (decoded: R, order: T) => void,
    onRate: (rate: number | null) => void = () => undefined,
  ): ((order: T | null) => void) => {
    let last = '';
    const onProblem = (problem: Problem): void => explainSlice.set(workbench, { problem, explaining: false });
    const ask = createDecoder<T, R>({ ...clock, decode, onDecoded, onProblem, onRate });
    return (order) => {
      if (!order || order.key === last) return;
      last = order.key;
      ask(order);
    };
  };
  const pictures = (order: CodeOrder): Promise<Result<Frames>> => askForPictures(workbench, order);
  const onRate = (rate: number | null): void => explainSlice.set(workbench, { rate });

  const askMaps = asker<MapOrder, Explained>(
    (order) => {
      explainSlice.set(workbench, { explaining: true });
      return askForMaps(workbench, order);
    },
    (explained) => {
      const last = mapOrder(ui.getState())?.key === explained.key;
      explainSlice.set(workbench, { explained, problem: null, ...(last && { explaining: false }) });
    },
  );
  const askStrips = asker<StripOrder, Frames>(pictures, (frames, { key, latents }) =>
    explainSlice.set(workbench, { strips: { key, pictures: byLatent(frames, latents) } }),
  );
  const askPath = asker<CodeOrder, Frames>(pictures, (frames, { key }) =>
    changeBetween(workbench, { strip: { key, frames } }),
  );
  const askPlace = asker<CodeOrder, Frames>(
    pictures,
    ([frame], { key }) => changeBetween(workbench, { frame: { key, frame } }),
    onRate,
  );
  const slide = asker<CodeOrder, Frames>(
    pictures,
    ([{ picture }]) => {
      if (explainSlice.get(workbench).code) explainSlice.set(workbench, { decoded: picture });
    },
    onRate,
  );

  let slides = 0;
  const follow = (state: UiState, before: UiState): void => {
    const { workspace } = state;
    const explain = explainSlice.in(state);
    const explainBefore = explainSlice.in(before);
    const same = explain === explainBefore && modelsSlice.in(state) === modelsSlice.in(before);
    if (workspace !== 'explain' || (same && workspace === before.workspace)) return;
    const order = mapOrder(state);
    askMaps(order);
    // Answers may have come meanwhile: what follows from them belongs to the maps that are shown.
    const { explained } = explain;
    if (!order || explained?.key !== order.key) return;
    askStrips(stripOrder(explain, explained));
    askPath(pathOrder(explain, explained, order.options));
    askPlace(placeOrder(explain, explained, order.options));
    const { code } = explain;
    if (code && code !== explainBefore.code) {
      slides++;
      slide({ key: `${slides}`, model: explained.model, codes: [code] });
    }
  };
  ui.subscribe(follow);
}

function byLatent(frames: Frames, latents: readonly number[]): ReadonlyMap<number, readonly Picture[]> {
  const { length } = STRIP_VALUES;
  const strip = (i: number): readonly Picture[] =>
    frames.slice(i * length, (i + 1) * length).map(({ picture }) => picture);
  return new Map(latents.map((latent, i) => [latent, strip(i)]));
}
