import { useControls, useCreateStore } from 'leva';
import { useEffect } from 'react';
import { useUi, useWorkbench } from '../../../workbench/state/hooks';
import { ParameterPanel } from '../../../ui/ParameterPanel';

/** How the shape is shown; commands change the same values. */
export function ViewPanel() {
  const { ui } = useWorkbench();
  const ghostOpacity = useUi((state) => state.ghostOpacity);
  const explode = useUi((state) => state.explode);
  const showGrid = useUi((state) => state.showGrid);
  const showEdges = useUi((state) => state.showEdges);
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
        onChange: (value: number) => ui.setState({ ghostOpacity: value }),
      },
      explode: {
        value: explode,
        min: 0,
        max: 1,
        step: 0.05,
        label: 'Explode',
        hint: 'Moves the parts apart to look between them. The shape stays as it is.',
        onChange: (value: number) => ui.setState({ explode: value }),
      },
      showGrid: {
        value: showGrid,
        label: 'Grid',
        onChange: (value: boolean) => ui.setState({ showGrid: value }),
      },
      showEdges: {
        value: showEdges,
        label: 'Edges',
        onChange: (value: boolean) => ui.setState({ showEdges: value }),
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
