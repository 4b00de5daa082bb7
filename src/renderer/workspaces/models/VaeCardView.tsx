import { Check } from 'lucide-react';
import type { VaeCard } from '../../../shared/contract/explain';
import type { VaeUse } from './use';
import type { VaeItem } from './state';
import { FactList } from '../../ui/FactList';
import { bytes, count, significant } from '../../ui/format';
import { useUi, useWorkbench } from '../../workbench/state/hooks';
import { CardCurve, Hash } from './card-parts';

export interface VaeCardViewProps {
  readonly item: VaeItem;
  readonly vaeUse: VaeUse;
}

/** The card of a VAE: what it learned from, how, and what it keeps of a picture. */
export function VaeCardView({ item, vaeUse }: VaeCardViewProps) {
  const { entry } = item;
  const { card } = entry;
  const { network, training } = card;
  return (
    <article className="model-card" aria-label={card.title} data-testid="vae-card">
      <header className="model-head">
        <div>
          <h2>{card.title}</h2>
          <p className="muted">
            Pictures of {network.width} x {network.height} px, {network.channels === 1 ? 'grey' : 'colour'},
            to {network.latent} latents and back
          </p>
        </div>
        <UseButton item={item} vaeUse={vaeUse} />
      </header>
      <div className="model-columns">
        <FactList
          title="Recipe"
          facts={[
            { name: 'Data', value: card.data, hint: card.data },
            { name: 'Classes', value: training.classes?.join(', ') ?? 'Every class' },
            { name: 'Objective', value: objective(card) },
            { name: 'Seed', value: count(training.seed) },
            { name: 'Steps', value: count(card.stepsDone) },
            { name: 'Samples seen', value: count(card.samplesSeen) },
          ]}
        />
        <FactList
          title="File"
          facts={[
            { name: 'Name', value: entry.name },
            { name: 'Parameters', value: count(card.parameters) },
            { name: 'Size', value: bytes(entry.bytes) },
            {
              name: 'Layers',
              value: card.layers.map(({ name, height, width }) => `${name} ${height} x ${width}`).join(', '),
            },
          ]}
        />
        <FactList title="Held-out pictures" facts={heldOut(card)} />
      </div>
      <Hash sha256={entry.sha256} />
      <CardCurve
        title="Validation loss over steps, nats per picture"
        metric="validationLoss"
        id={entry.sha256}
        name={card.title}
        curve={card.curve}
      />
    </article>
  );
}

function objective({ training: { beta, factor, attention } }: VaeCard): string {
  const words = [
    beta === 1 ? 'VAE' : `beta-VAE, beta ${beta}`,
    factor && `FactorVAE, gamma ${factor.gamma}`,
    attention && `attention disentanglement, ${attention.weight}`,
  ];
  return words.filter(Boolean).join(' + ');
}

function heldOut({ test, normal }: VaeCard) {
  const active = normal.divergence.filter((value) => value > 0.01).length;
  const latents = { name: 'Latents in use', value: `${active} of ${normal.divergence.length}` };
  if (!test) return [latents];
  return [
    { name: 'Pictures', value: count(test.pictures) },
    { name: 'Reconstruction', value: `${significant(test.reconstruction)} nats` },
    { name: 'Divergence', value: `${significant(test.divergence)} nats` },
    latents,
  ];
}

function UseButton({ item, vaeUse }: VaeCardViewProps) {
  const workbench = useWorkbench();
  const used = useUi((state) => vaeUse.isUsed(state, item));
  if (used) {
    return (
      <p className="in-use" role="status">
        <Check size={16} aria-hidden />
        Used in Explain
      </p>
    );
  }
  return (
    <button type="button" className="button primary" onClick={() => vaeUse.use(workbench, item)}>
      Explain with this
    </button>
  );
}
