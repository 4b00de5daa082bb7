import { FolderOpen } from 'lucide-react';
import { CommandButton } from '../app/CommandButton';
import { ProblemDetails } from '../panels/ProblemDetails';
import { useUi, useWorkbench } from '../state/hooks';
import type { ModelItem } from '../train/state';
import { isSameModel, useActiveModel } from './active';
import { INPUT_WORDS, retryModels, selectModel } from './load';

/** The models that ship and those that were opened. */
export function ModelList() {
  const workbench = useWorkbench();
  const { items, status, problem, notes, selected } = useUi((state) => state.train.models);
  return (
    <>
      <div className="panel-actions">
        <CommandButton id="model.open" icon={FolderOpen} />
      </div>
      {problem && (
        <div className="panel-problem">
          <ProblemDetails problem={problem} />
          <button type="button" className="button" onClick={() => void retryModels(workbench)}>
            Read the models again
          </button>
        </div>
      )}
      {items.length === 0 && !problem && (
        <p className="panel-empty muted" role="status">
          {status === 'ready'
            ? 'There is no model yet. Open the best.safetensors of a run, or train one.'
            : 'Reading the models...'}
        </p>
      )}
      <ul className="run-list" aria-label="Models">
        {items.map((item, index) => (
          <li key={JSON.stringify(item.choice)}>
            <ModelRow
              item={item}
              selected={index === selected}
              onSelect={() => selectModel(workbench, index)}
            />
          </li>
        ))}
      </ul>
      {notes.length > 0 && (
        <ul className="notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

interface ModelRowProps {
  readonly item: ModelItem;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

function ModelRow({ item: { choice, entry }, selected, onSelect }: ModelRowProps) {
  const active = useActiveModel(entry.input);
  const used = active !== null && isSameModel(active.choice, choice);
  return (
    <div className="run-row" data-selected={selected} data-testid="model-row">
      <button type="button" className="run-choice" aria-pressed={selected} onClick={onSelect}>
        <span className="run-name">
          <span className="ellipsis">{entry.card.title}</span>
        </span>
        <span className="run-facts figure muted">
          <span>{INPUT_WORDS[entry.input]}</span>
          {entry.card.test && <span>IoU {entry.card.test.macro.iou.toFixed(3)}</span>}
          {used && <span>in use</span>}
        </span>
      </button>
    </div>
  );
}
