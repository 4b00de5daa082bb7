import { FolderOpen } from 'lucide-react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { ProblemDetails } from '../../ui/ProblemDetails';
import { retryModels } from '../models/load';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { chooseVae, currentVae } from './model';
import { modelsSlice } from '../models/state';

/** The VAE that explains. */
export function ModelField() {
  const workbench = useWorkbench();
  const { vaes, status, problem } = useSlice(modelsSlice);
  const current = useUi(currentVae);
  if (problem) {
    return (
      <div className="panel-problem">
        <ProblemDetails problem={problem} />
        <button type="button" className="button" onClick={() => void retryModels(workbench)}>
          Read the models again
        </button>
      </div>
    );
  }
  if (vaes.length === 0) {
    return (
      <div className="panel-empty">
        <p className="muted" role="status">
          {status === 'ready'
            ? 'There is no VAE yet. Open the model file of one, or train one on these pictures in Train.'
            : 'Reading the models...'}
        </p>
        {status === 'ready' && <CommandButton id="model.open" icon={FolderOpen} />}
      </div>
    );
  }
  return (
    <label className="field explain-field">
      <span>Model</span>
      <select
        value={current ? vaes.indexOf(current) : ''}
        onChange={({ currentTarget: { value } }) => {
          const chosen = vaes[Number(value)];
          if (chosen) chooseVae(workbench, chosen);
        }}
      >
        {vaes.map(({ choice, entry }, index) => (
          <option key={JSON.stringify(choice)} value={index}>
            {entry.card.title}
          </option>
        ))}
      </select>
    </label>
  );
}
