import { Gauge } from 'lucide-react';
import type { DisentanglementReport } from '../../../shared/contract/explain';
import { colourAt } from '../../../shared/pictures/colour-maps';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { count } from '../../ui/format';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { factorsKey, SCORES } from './factors';
import { latentName } from './space';
import { explainSlice } from './state';

const SHARES = [
  { share: 0.02, title: 'Quick look (2 % of the samples)' },
  { share: 0.1, title: 'A tenth of the samples' },
  { share: 1, title: 'As published' },
] as const;

/** Whether each latent speaks for one factor of how the pictures were made. */
export function FactorsView() {
  const workbench = useWorkbench();
  const { collection, factors } = useSlice(explainSlice);
  const key = useUi(factorsKey);
  const known = collection?.opened.factors ?? [];
  const report = factors.report?.key === key ? factors.report.report : null;
  if (known.length === 0) {
    return (
      <div className="explain-waiting">
        <h2>These pictures have no known factors</h2>
        <p className="muted">
          Disentanglement is measured on pictures that were drawn from known factors, as those of dSprites
          were: shape, scale, orientation and place.
        </p>
      </div>
    );
  }
  return (
    <section className="factors" aria-label="Disentanglement">
      <div className="space-tools">
        <label className="field">
          <span>Samples</span>
          <select
            value={factors.share}
            onChange={({ currentTarget: { value } }) =>
              explainSlice.set(workbench, { factors: { ...factors, share: Number(value) } })
            }
          >
            {SHARES.map(({ share, title }) => (
              <option key={share} value={share}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <CommandButton id="explain.factors" icon={Gauge} primary={report === null} />
      </div>
      {report ? (
        <Report report={report} />
      ) : (
        <p className="explain-waiting muted">
          Measured over {known.map(({ name, values }) => `${name} (${values})`).join(', ')}: how far each
          latent speaks for one factor, by every score of the literature.
        </p>
      )}
    </section>
  );
}

function Report({ report }: { readonly report: DisentanglementReport }) {
  return (
    <>
      <table className="scores factor-scores" data-testid="factor-scores">
        <caption className="muted">
          {report.model.name} on {report.data}, {count(report.samples)} samples, {report.seconds.toFixed(1)} s
        </caption>
        <thead>
          <tr>
            <th scope="col">Score</th>
            <th scope="col">Value</th>
            <th scope="col" className="score-hint">
              What it says
            </th>
          </tr>
        </thead>
        <tbody>
          {SCORES.map(({ id, title, hint }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              <td>{report.scores[id].toFixed(3)}</td>
              <td className="score-hint muted">{hint}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <HeatMap report={report} />
    </>
  );
}

/** Mutual information of every latent and factor: a disentangled code has one strong cell per row. */
function HeatMap({ report: { factors, mutualInformation } }: { readonly report: DisentanglementReport }) {
  const most = Math.max(1e-9, ...mutualInformation.flat());
  return (
    <table className="heat-map" data-testid="heat-map">
      <caption>Mutual information of latent and factor, nats</caption>
      <thead>
        <tr>
          <th scope="col">Latent</th>
          {factors.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {mutualInformation.map((row, latent) => (
          <tr key={latentName(latent)}>
            <th scope="row">{latentName(latent)}</th>
            {row.map((value, k) => (
              <td key={factors[k]} style={cellStyle(value / most)}>
                {value.toFixed(2)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cellStyle(share: number): { background: string; color: string } {
  const [r, g, b] = colourAt('viridis', share);
  // Viridis rises evenly in lightness; from here on black text stands out more than white, both by 4.5 to 1.
  return { background: `rgb(${r} ${g} ${b})`, color: share > 0.45 ? '#000000' : '#ffffff' };
}
