import { describe, expect, it } from 'vitest';
import { cube, fakeWorkbench, openedCube } from '../../workbench/actions/testing';
import { connectMetrics } from './figures';
import type { LiveFigures, MetricsClient } from './metrics/client';
import { shapeSlice } from './state';

/** A client that notes what it was told. */
function noting() {
  const told: [string, unknown][] = [];
  let tell: (figures: LiveFigures) => void = () => undefined;
  const client: MetricsClient = {
    setSamples: (samples) => void told.push(['samples', samples]),
    setShape: (parts) => void told.push(['shape', parts.length]),
    subscribe: (listener) => {
      tell = listener;
      return () => undefined;
    },
    dispose: () => void told.push(['disposed', null]),
  };
  return { client, told, tell: (figures: LiveFigures) => tell(figures) };
}

describe('live figures', () => {
  it('follow the shape that is shown and the source that it is compared with', () => {
    const workbench = fakeWorkbench([cube('a')]);
    const { client, told } = noting();
    const stop = connectMetrics(workbench, client);
    const source = { request: { token: 'token' }, opened: openedCube, embedded: false };
    shapeSlice.set(workbench, { source });
    shapeSlice.set(workbench, { density: 2 });
    shapeSlice.set(workbench, { preview: { parts: [], sharpness: 75 } });
    shapeSlice.set(workbench, { source: null });
    stop();
    expect(told).toEqual([
      ['shape', 1],
      ['samples', openedCube.samples],
      ['shape', 0],
      ['samples', null],
      ['disposed', null],
    ]);
  });

  it('reach the window', () => {
    const workbench = fakeWorkbench();
    const { client, tell } = noting();
    connectMetrics(workbench, client);
    const figures: LiveFigures = {
      iou: 0.5,
      parts: 1,
      planes: 6,
      vertices: 8,
      unionVolume: null,
      sumOfVolumes: 1,
      perPart: new Map(),
    };
    tell(figures);
    expect(shapeSlice.get(workbench).figures).toBe(figures);
  });
});
