import { Check, FolderOpen } from 'lucide-react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { FactList } from '../../ui/FactList';
import { bytes, count } from '../../ui/format';
import { useSlice, useWorkbench } from '../../workbench/state/hooks';
import { isSameModel, modelsSlice, type ModelItem } from './state';
import type { VaeUse } from './use';
import { CardCurve, Hash } from './card-parts';
import { INPUT_WORDS, reconstructWith } from './load';
import { ScoreTable } from './ScoreTable';
import { VaeCardView } from './VaeCardView';
import './model-card.css';

/** The card of the selected model: what it learned from, how, and how well. */
export function ModelCardView({ vaeUse }: { readonly vaeUse: VaeUse }) {
  const item = useSlice(modelsSlice, ({ items, selected }) => items[selected] ?? null);
  const vae = useSlice(modelsSlice, ({ items, vaes, selected }) => vaes[selected - items.length] ?? null);
  if (item) return <Card key={item.entry.sha256} item={item} />;
  return vae ? <VaeCardView key={vae.entry.sha256} item={vae} vaeUse={vaeUse} /> : <NoModel />;
}

function NoModel() {
  return (
    <div className="notice">
      <div className="notice-body">
        <h1>No model to show</h1>
        <p className="muted">
          Models that ship are listed on the left. Every run keeps its best model, best.safetensors, in its
          folder.
        </p>
        <CommandButton id="model.open" icon={FolderOpen} primary />
      </div>
    </div>
  );
}

function Card({ item }: { readonly item: ModelItem }) {
  const { entry } = item;
  const { card } = entry;
  return (
    <article className="model-card" aria-label={card.title} data-testid="model-card">
      <header className="model-head">
        <div>
          <h2>{card.title}</h2>
          <p className="muted">
            {INPUT_WORDS[entry.input]} to {card.network.parts} parts of {card.network.planes} planes
          </p>
        </div>
        <UseButton item={item} />
      </header>
      <div className="model-columns">
        <FactList title="Recipe" facts={recipe(item)} />
        <FactList title="File" facts={file(item)} />
      </div>
      <Hash sha256={entry.sha256} />
      <CardCurve
        title="Validation IoU over steps"
        metric="validationIou"
        id={entry.sha256}
        name={card.title}
        curve={card.curve}
      />
      <section aria-label="Scores">
        <h3>Held-out shapes</h3>
        {card.test ? (
          <ScoreTable test={card.test} />
        ) : (
          <p className="muted">
            Not evaluated yet: the scores of a model, family by family, stand here once it was measured.
          </p>
        )}
      </section>
    </article>
  );
}

function recipe({ entry: { card } }: ModelItem) {
  return [
    { name: 'Data', value: card.data, hint: card.data },
    { name: 'Seed', value: count(card.training.seed) },
    { name: 'Steps', value: count(card.stepsDone) },
    { name: 'Samples seen', value: count(card.samplesSeen) },
    { name: 'Batch', value: count(card.training.batch) },
  ];
}

function file({ entry: { name, bytes: size, card } }: ModelItem) {
  return [
    { name: 'Name', value: name },
    { name: 'Parameters', value: count(card.parameters) },
    { name: 'Size', value: bytes(size) },
    { name: 'Input', value: `${card.network.inputSize} x ${card.network.inputSize} px` },
    { name: 'Latent', value: `${count(card.network.latent)} numbers` },
  ];
}

function UseButton({ item }: { readonly item: ModelItem }) {
  const workbench = useWorkbench();
  const active = useSlice(modelsSlice, (models) => models.active[item.entry.input]);
  if (active && isSameModel(active.choice, item.choice)) {
    return (
      <p className="in-use" role="status">
        <Check size={16} aria-hidden />
        Used for reconstruction
      </p>
    );
  }
  return (
    <button type="button" className="button primary" onClick={() => reconstructWith(workbench, item)}>
      Use for reconstruction
    </button>
  );
}
