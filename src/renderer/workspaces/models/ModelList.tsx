import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { ProblemDetails } from '../../ui/ProblemDetails';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { isSameModel, modelsSlice, type ModelItem, type VaeItem } from './state';
import type { VaeUse } from './use';
import { INPUT_WORDS, retryModels, selectModel } from './load';
import '../../ui/styles/run-list.css';

/** The models that ship and those that were opened. */
export function ModelList({ vaeUse }: { readonly vaeUse: VaeUse }) {
  const workbench = useWorkbench();
  const { items, vaes, status, problem, notes, selected } = useSlice(modelsSlice);
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
      {items.length + vaes.length === 0 && !problem && (
        <p className="panel-empty muted" role="status">
          {status === 'ready'
            ? 'There is no model yet. Open the best.safetensors of a run, or train one.'
            : 'Reading the models...'}
        </p>
      )}
      {items.length > 0 && vaes.length > 0 && <h2 className="panel-title">Shapes from pictures</h2>}
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
      {vaes.length > 0 && (
        <>
          <h2 className="panel-title">Pictures explained</h2>
          <ul className="run-list" aria-label="Variational autoencoders">
            {vaes.map((item, index) => (
              <li key={JSON.stringify(item.choice)}>
                <VaeRow
                  item={item}
                  vaeUse={vaeUse}
                  selected={items.length + index === selected}
                  onSelect={() => selectModel(workbench, items.length + index)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
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
  const active = useSlice(modelsSlice, (models) => models.active[entry.input]);
  const used = active !== null && isSameModel(active.choice, choice);
  return (
    <Row title={entry.card.title} selected={selected} onSelect={onSelect} testId="model-row">
      <span>{INPUT_WORDS[entry.input]}</span>
      {entry.card.test && <span>IoU {entry.card.test.macro.iou.toFixed(3)}</span>}
      {used && <span>in use</span>}
    </Row>
  );
}

interface VaeRowProps {
  readonly item: VaeItem;
  readonly vaeUse: VaeUse;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

function VaeRow({ item, vaeUse, selected, onSelect }: VaeRowProps) {
  const used = useUi((state) => vaeUse.isUsed(state, item));
  const { title, network } = item.entry.card;
  return (
    <Row title={title} selected={selected} onSelect={onSelect} testId="vae-row">
      <span>
        {network.width} x {network.height} px
      </span>
      <span>{network.latent} latents</span>
      {used && <span>in use</span>}
    </Row>
  );
}

interface RowProps {
  readonly title: string;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly testId: string;
  readonly children: ReactNode;
}

function Row({ title, selected, onSelect, testId, children }: RowProps) {
  return (
    <div className="run-row" data-selected={selected} data-testid={testId}>
      <button type="button" className="run-choice" aria-pressed={selected} onClick={onSelect}>
        <span className="run-name">
          <span className="ellipsis">{title}</span>
        </span>
        <span className="run-facts figure muted">{children}</span>
      </button>
    </div>
  );
}
