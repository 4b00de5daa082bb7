import type { ModelChoice } from '../../../shared/contract/inputs';
import type { ConvexShape } from '../../../shared/shape/types';
import type { Workbench } from '../../workbench/state/workbench';
import { createDecoder, WINDOW_CLOCK } from '../../workbench/actions/decoder';
import { latentAt } from './path';
import { latentSlice } from './state';

/** From one station to the next while playing, ms. */
const STRETCH = 2500;

/** Shows the shape at the path's place whenever that changes, and moves the place while it plays. */
export function followPath(workbench: Workbench): void {
  const { ui, engine } = workbench;
  const decode = createDecoder<
    { readonly model: ModelChoice; readonly latent: readonly number[] },
    ConvexShape
  >({
    ...WINDOW_CLOCK,
    decode: async ({ model, latent }) => {
      const end = await engine.startJob({ kind: 'decode', model, latent: [...latent] }).result;
      return end.ok ? { ok: true, value: end.value.value.shape } : end;
    },
    onDecoded: (shape) => latentSlice.set(workbench, { shape, problem: null }),
    onProblem: (problem) => latentSlice.set(workbench, { problem, playing: false }),
    onRate: (rate) => latentSlice.set(workbench, { rate }),
  });

  let last = 0;
  let forward = true;
  const play = (now: number): void => {
    const { playing, place, stations } = latentSlice.get({ ui });
    if (!playing || stations.length < 2) return;
    const step = Math.min(100, now - last) / STRETCH / (stations.length - 1);
    last = now;
    const moved = place + (forward ? step : -step);
    if (moved >= 1 || moved <= 0) forward = moved <= 0;
    latentSlice.set(workbench, { place: Math.min(1, Math.max(0, moved)) });
    requestAnimationFrame(play);
  };

  ui.subscribe((after, earlier) => {
    const state = latentSlice.in(after);
    const before = latentSlice.in(earlier);
    const { model, stations, place, playing } = state;
    if (playing && !before.playing) {
      last = performance.now();
      forward = place < 1;
      requestAnimationFrame(play);
    }
    if (stations === before.stations && place === before.place) return;
    if (model && stations.length > 0) decode({ model: model.choice, latent: latentAt(stations, place) });
  });
}
