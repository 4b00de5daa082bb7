import { FileDown, SearchCheck } from 'lucide-react';
import type { AnomalyReport } from '../../../shared/contract/explain';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { count, significant } from '../../ui/format';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { anomalyKey, changeAnomalyOptions } from './anomaly';
import { Choice } from '../../ui/Choice';
import { LayerField } from './LayerField';
import { anomalyOptionsFor, currentVae } from './model';
import { METHOD_WORDS, SCORE_WORDS } from './words';
import { explainSlice } from './state';

/** How maps of what does not belong are made, and how well they find what the masks mark. */
export function AnomalyPanel() {
  const workbench = useWorkbench();
  const state = useSlice(explainSlice);
  const vae = useUi(currentVae);
  const key = useUi(anomalyKey);
  if (!vae) return <section className="panel" aria-label="Anomaly settings" />;
  const options = anomalyOptionsFor(state, vae);
  const { report } = state.anomaly;
  return (
    <section className="panel" aria-label="Anomaly settings">
      <h2 className="panel-title">Map</h2>
      <div className="explain-fields">
        <LayerField
          card={vae.entry.card}
          value={options.layer}
          onChange={(layer) => changeAnomalyOptions(workbench, { layer })}
        />
        <Choice
          label="Score"
          value={options.score}
          options={['sumMu', 'normalDifference', 'meanOfMaps'] as const}
          words={SCORE_WORDS}
          hint="What is traced back to the pixels: the sum of the means as in the authors' code, one draw of the difference from normal pictures (Eq. 4), or the mean of every latent's map"
          onChange={(score) => changeAnomalyOptions(workbench, { score })}
        />
        <Choice
          label="Sign"
          value={options.sign}
          options={['abs', 'relu'] as const}
          words={{ abs: 'Absolute', relu: 'Positive (ReLU)' }}
          onChange={(sign) => changeAnomalyOptions(workbench, { sign })}
        />
        {options.score === 'normalDifference' && (
          <Choice
            label="Normal is"
            value={options.normalStatistics}
            options={['trainMean', 'prior'] as const}
            words={{ trainMean: 'Training pictures', prior: 'The prior' }}
            onChange={(normalStatistics) => changeAnomalyOptions(workbench, { normalStatistics })}
          />
        )}
        <Choice
          label="Values"
          hint="Whether the layer's values are taken before or after their ReLU"
          value={options.activation}
          options={['pre', 'post'] as const}
          words={{ pre: 'Before ReLU', post: 'After ReLU' }}
          onChange={(activation) => changeAnomalyOptions(workbench, { activation })}
        />
      </div>
      <div className="panel-actions explain-actions">
        <CommandButton
          id="explain.anomaly"
          icon={SearchCheck}
          label={report ? 'Score again' : 'Score the split'}
          primary={report?.key !== key}
        />
        <CommandButton id="explain.export" icon={FileDown} />
      </div>
      {report && <ReportTable report={report.report} stale={report.key !== key} />}
    </section>
  );
}

function ReportTable({ report, stale }: { readonly report: AnomalyReport; readonly stale: boolean }) {
  const rows = report.methods;
  const cell = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  return (
    <div className="anomaly-report" data-testid="anomaly-report">
      <h2 className="panel-title">Against the masks</h2>
      {stale && (
        <p className="picture-note">These figures are of other settings. Score again to renew them.</p>
      )}
      <table className="scores small">
        <thead>
          <tr>
            <th scope="col">
              <span className="off-screen">Figure</span>
            </th>
            {rows.map(({ name }) => (
              <th key={name} scope="col">
                {METHOD_WORDS[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr title="Area under the curve over all pixels of all pictures, ties at half">
            <th scope="row">Pixel AUROC</th>
            {rows.map(({ name, pixelAuroc }) => (
              <td key={name}>{cell(pixelAuroc)}</td>
            ))}
          </tr>
          <tr title="Of the pictures by their highest pixel">
            <th scope="row">Picture AUROC</th>
            {rows.map(({ name, pictureAuroc }) => (
              <td key={name}>{cell(pictureAuroc)}</td>
            ))}
          </tr>
          <tr title="Area under the per-region overlap up to a false-positive rate of 0.3, normalised">
            <th scope="row">AUPRO</th>
            {rows.map(({ name, aupro }) => (
              <td key={name}>{cell(aupro)}</td>
            ))}
          </tr>
          <tr title="The threshold is chosen by the masks that it is measured with">
            <th scope="row">
              Best IoU <span className="oracle">oracle</span>
            </th>
            {rows.map(({ name, bestIou }) => (
              <td key={name}>{cell(bestIou.quantile.iou)}</td>
            ))}
          </tr>
          <tr title="The threshold is chosen by the masks, among a hundred in equal steps">
            <th scope="row">
              Best IoU, linear <span className="oracle">oracle</span>
            </th>
            {rows.map(({ name, bestIou }) => (
              <td key={name}>{cell(bestIou.linear.iou)}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className="picture-note muted figure">
        {count(report.pictures)} pictures, {count(report.pixels)} pixels, {significant(report.seconds, 2)} s
      </p>
      <ul className="notes">
        {report.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}
