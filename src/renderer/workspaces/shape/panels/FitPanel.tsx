import { useControls, useCreateStore } from 'leva';
import { Sparkles } from 'lucide-react';
import { CommandButton } from '../../../workbench/shell/CommandButton';
import { useWorkbench, useSlice } from '../../../workbench/state/hooks';
import type { FitSettings } from '../state';
import { ParameterPanel } from '../../../ui/ParameterPanel';
import { shapeSlice } from '../state';

/** What the next fit is asked for. */
export function FitPanel() {
  const workbench = useWorkbench();
  const fitted = useSlice(shapeSlice, (state) => state.source !== null);
  const store = useCreateStore();
  useControls(
    () => {
      const { fit } = shapeSlice.get(workbench);
      const change = (key: keyof FitSettings) => (value: number) =>
        shapeSlice.set(workbench, (state) => ({ fit: { ...state.fit, [key]: Math.round(value) } }));
      return {
        parts: {
          value: fit.parts,
          min: 1,
          max: 64,
          step: 1,
          label: 'Parts',
          hint: 'The most parts a fit may use. Parts that help nothing are dropped.',
          onChange: change('parts'),
        },
        planes: {
          value: fit.planes,
          min: 4,
          max: 48,
          step: 1,
          label: 'Planes per part',
          hint: 'More planes follow curves better and cost vertices. 16 stay below every engine limit.',
          onChange: change('planes'),
        },
        steps: {
          value: fit.steps,
          min: 50,
          max: 5000,
          step: 50,
          label: 'Steps at most',
          hint: 'A fit stops earlier when it no longer improves.',
          onChange: change('steps'),
        },
        seed: {
          value: fit.seed,
          min: 0,
          step: 1,
          label: 'Seed',
          hint: 'The same seed gives the same result.',
          onChange: change('seed'),
        },
      };
    },
    { store },
  );
  return (
    <ParameterPanel title="Fit" store={store}>
      <div className="panel-actions">
        <CommandButton id="part.fit" icon={Sparkles} primary={fitted} />
        <CommandButton id="edit.reset" />
      </div>
    </ParameterPanel>
  );
}
