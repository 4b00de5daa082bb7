import { useControls, useCreateStore } from 'leva';
import { useEffect } from 'react';
import { useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { ParameterPanel } from '../../../ui/ParameterPanel';
import { shapeSlice } from '../state';

/** How the shape is shown; commands change the same values. */
export function ViewPanel() {
  const workbench = useWorkbench();
  const ghostOpacity = useSlice(shapeSlice, (state) => state.ghostOpacity);
  const explode = useSlice(shapeSlice, (state) => state.explode);
  const showGrid = useSlice(shapeSlice, (state) => state.showGrid);
  const showEdges = useSlice(shapeSlice, (state) => state.showEdges);
  const store = useCreateStore();
  const [, set] = useControls(
    () => ({
      ghostOpacity: {
        value: ghostOpacity,
        min: 0,
        max: 1,
        step: 0.05,
        label: 'Source',
        hint: 'How opaque the source is drawn behind the parts.',
        onChange: (value: number) => shapeSlice.set(workbench, { ghostOpacity: value }),
      },
      explode: {
        value: explode,
        min: 0,
        max: 1,
        step: 0.05,
        label: 'Explode',
        hint: 'Moves the parts apart to look between them. The shape stays as it is.',
        onChange: (value: number) => shapeSlice.set(workbench, { explode: value }),
      },
      showGrid: {
        value: showGrid,
        label: 'Grid',
        onChange: (value: boolean) => shapeSlice.set(workbench, { showGrid: value }),
      },
      showEdges: {
        value: showEdges,
        label: 'Edges',
        onChange: (value: boolean) => shapeSlice.set(workbench, { showEdges: value }),
      },
    }),
    { store },
  );
  useEffect(
    () => set({ ghostOpacity, explode, showGrid, showEdges }),
    [set, ghostOpacity, explode, showGrid, showEdges],
  );
  return <ParameterPanel title="View" store={store} />;
}
