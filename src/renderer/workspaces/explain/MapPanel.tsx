import { ArrowLeftRight, FileDown, Ruler } from 'lucide-react';
import type { AttentionOptions } from '../../../shared/contract/explain';
import { attentionVariantSchema } from '../../../shared/recipes/vae';
import { COLOUR_MAP_NAMES } from '../../../shared/pictures/colour-maps';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { FactList } from '../../ui/FactList';
import { count, significant } from '../../ui/format';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { changeLook } from './change';
import { Choice } from '../../ui/Choice';
import { NumberInput } from '../../ui/NumberInput';
import { chooseSign, SIGNS } from './look';
import { LayerField } from './LayerField';
import { attentionOptionsFor, currentVae } from './model';
import { pictureName } from './names';
import { COLOUR_WORDS, RANGE_WORDS, SIGN_WORDS, VARIANT_WORDS } from './words';
import { explainSlice } from './state';

/** How maps are made and how they are shown. */
export function MapPanel() {
  const workbench = useWorkbench();
  const state = useSlice(explainSlice);
  const vae = useUi(currentVae);
  if (!vae) return <section className="panel" aria-label="Map settings" />;
  const { look } = state;
  const options = attentionOptionsFor(state, vae);
  const change = (changes: Partial<AttentionOptions>): void =>
    explainSlice.set(workbench, { options: { ...explainSlice.get(workbench).options, ...changes } });
  return (
    <section className="panel" aria-label="Map settings">
      <h2 className="panel-title">Look</h2>
      <div className="explain-fields">
        <label className="field">
          <span>Opacity</span>
          <input
            type="range"
            min={0}
            max={1}
            step={0.01}
            value={look.opacity}
            aria-valuetext={`${Math.round(100 * look.opacity)} %`}
            onChange={({ currentTarget }) => changeLook(workbench, { opacity: currentTarget.valueAsNumber })}
          />
        </label>
        <Choice
          label="Sign"
          value={look.sign}
          options={SIGNS}
          words={SIGN_WORDS}
          onChange={(sign) => chooseSign(workbench, sign)}
        />
        <Choice
          label="Colours"
          value={look.colourMap}
          options={COLOUR_MAP_NAMES}
          words={COLOUR_WORDS}
          onChange={(colourMap) => changeLook(workbench, { colourMap })}
        />
        <Choice
          label="Range"
          value={look.range}
          options={['shown', 'collection', 'each'] as const}
          words={RANGE_WORDS}
          onChange={(range) => changeLook(workbench, { range })}
        />
        {look.range === 'collection' && <MeasureRange />}
      </div>
      <h2 className="panel-title">Map</h2>
      <div className="explain-fields">
        <LayerField card={vae.entry.card} value={options.layer} onChange={(layer) => change({ layer })} />
        <Choice
          label="Method"
          value={options.variant}
          options={attentionVariantSchema.options}
          words={VARIANT_WORDS}
          onChange={(variant) => change({ variant })}
        />
        <Choice
          label="Values"
          hint="Whether the layer's values are taken before or after their ReLU"
          value={options.activation}
          options={['post', 'pre'] as const}
          words={{ post: 'After ReLU', pre: 'Before ReLU' }}
          onChange={(activation) => change({ activation })}
        />
        <Choice
          label="Code"
          value={options.latent}
          options={['mu', 'z'] as const}
          words={{ mu: 'Mean', z: 'One sample' }}
          onChange={(latent) => change({ latent })}
        />
        {options.latent === 'z' && (
          <label className="field">
            <span>Seed</span>
            <NumberInput value={options.seed} least={0} onChange={(seed) => change({ seed })} />
          </label>
        )}
      </div>
      <div className="panel-actions explain-actions">
        <CommandButton id="explain.export" icon={FileDown} />
        {state.view === 'between' && (
          <CommandButton id="explain.between-export" icon={ArrowLeftRight} label="Export path..." />
        )}
      </div>
      <PictureFacts />
    </section>
  );
}

/** The range of the collection has to be measured before maps can share it. */
function MeasureRange() {
  const measured = useSlice(explainSlice, (explain) => explain.collectionRange !== null);
  return (
    <CommandButton
      id="explain.range"
      icon={Ruler}
      label={measured ? 'Measure the range again' : 'Measure the range'}
    />
  );
}

function PictureFacts() {
  const state = useSlice(explainSlice);
  const { explained } = state;
  if (!explained) return null;
  const { result, indices } = explained;
  const divergence = ownDivergence(result.mu, result.logvar, result.latent);
  return (
    <FactList
      title="Picture"
      facts={[
        { name: 'Name', value: pictureName(state, indices[0]) },
        { name: 'Index', value: count(indices[0]) },
        {
          name: 'Divergence',
          value: `${significant(divergence)} nats`,
          hint: "How far this picture's code is from the prior, all latents together",
        },
        {
          name: 'Layer',
          value: `${result.maps.layer.name}, ${result.maps.layer.height} x ${result.maps.layer.width}`,
        },
        { name: 'Time', value: `${result.seconds.toFixed(2)} s` },
      ]}
    />
  );
}

/** Divergence of the first picture's code from the standard normal, nats. */
function ownDivergence(mu: Float32Array, logvar: Float32Array, latent: number): number {
  let sum = 0;
  for (let i = 0; i < latent; i++) sum += 0.5 * (mu[i] ** 2 + Math.exp(logvar[i]) - logvar[i] - 1);
  return sum;
}
