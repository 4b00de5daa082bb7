import { Boxes, Database } from 'lucide-react';
import { skippedWords, type MadeDataset } from '../../../shared/dataset/made';
import { ProblemDetails } from '../../ui/ProblemDetails';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { useWorkbench } from '../../workbench/state/hooks';
import { ConfigField } from './ConfigFields';
import { meshesIn } from './data';
import { kindOf } from './draft';
import { checkMeshesOptions, MESHES_FIELDS, setMeshesOption } from './meshes';
import { chooseBuiltin } from './setup';
import { BUILTIN_SOURCES } from './sources';
import type { TrainSetup } from './state';
import './setup.css';
import { NETWORKS } from '../../../shared/networks';

/** What the next run learns from, and what that is. */
export function DataChoice({ setup }: { readonly setup: TrainSetup }) {
  const workbench = useWorkbench();
  const { data, draft, made } = setup;
  const { dataHint, learnsFrom } = NETWORKS[kindOf(draft)];
  const meshes = meshesIn(setup) > 0;
  return (
    <section className="setup-part">
      <h2>Data</h2>
      {data && (
        <p className="chosen ellipsis" title={data.name} data-testid="chosen-data">
          <Database size={16} strokeWidth={1.75} aria-hidden />
          {data.name}
        </p>
      )}
      {data && <Finding setup={setup} />}
      {made && made.skipped.length > 0 && <Skipped made={made} />}
      {meshes && <MeshesOptions draft={setup.meshes} />}
      {meshes && <CommandButton id="train.make-data" icon={Boxes} label="Make a data set of it..." primary />}
      {!data && <p className="muted small">{dataHint}</p>}
      {learnsFrom === 'pictures' && (
        <div className="setup-actions" role="group" aria-label="Pictures that ship">
          {BUILTIN_SOURCES.map(({ builtin, name }) => (
            <button
              key={builtin}
              type="button"
              className="button"
              aria-pressed={data !== null && 'builtin' in data && data.builtin === builtin}
              onClick={() => chooseBuiltin(workbench, builtin)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <CommandButton
        id="train.choose-data"
        icon={Database}
        label={data ? 'Choose other data...' : 'Choose data...'}
        primary={!data}
      />
    </section>
  );
}

/** What the chosen data is in plain words; where it will not do, also what would. */
function Finding({ setup: { found } }: { readonly setup: TrainSetup }) {
  if (found?.state === 'failed') return <ProblemDetails problem={found.problem} />;
  if (found?.state !== 'known') {
    return (
      <p className="muted small" role="status" data-testid="data-report">
        Looking at what it is
      </p>
    );
  }
  const { what, unfit, meshes } = found.report;
  return (
    <div className="data-report" role="status" data-testid="data-report" data-fit={unfit === null}>
      <p>{what}</p>
      {unfit && meshes === 0 && (
        <p className="muted small">
          {unfit.message} {unfit.hint}
        </p>
      )}
      {meshes > 0 && (
        <p className="muted small">
          Each mesh becomes a shape with pictures and labelled points; holes do not matter. Folders within it
          are categories.
        </p>
      )}
    </div>
  );
}

function Skipped({ made }: { readonly made: MadeDataset }) {
  return (
    <details className="other-values" data-testid="skipped-meshes">
      <summary>
        {made.skipped.length === 1 ? 'One mesh was' : `${made.skipped.length} meshes were`} left out
      </summary>
      <ul className="notes">
        {skippedWords(made).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

const UP_AXES = [
  { value: '', title: "Each format's own" },
  { value: 'y', title: 'y' },
  { value: 'z', title: 'z' },
] as const;

/** How the data set is made; what is wrong with a figure stands below it. */
function MeshesOptions({ draft }: { readonly draft: TrainSetup['meshes'] }) {
  const workbench = useWorkbench();
  const { errors } = checkMeshesOptions(draft);
  return (
    <details className="other-values" open={errors.size > 0 || undefined}>
      <summary>How it is made</summary>
      <div className="config-fields">
        {MESHES_FIELDS.map((field) => (
          <ConfigField
            key={field.path}
            field={field}
            draft={draft}
            error={errors.get(field.path)}
            onChange={(value) => setMeshesOption(workbench, field.path, value)}
          />
        ))}
        <div className="config-field" title="The axis that points up in the files.">
          <label htmlFor="meshes-up">Up axis</label>
          <select
            id="meshes-up"
            className="wide"
            value={String(draft.upAxis ?? '')}
            onChange={({ target }) => setMeshesOption(workbench, 'upAxis', target.value || undefined)}
          >
            {UP_AXES.map(({ value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </div>
      </div>
    </details>
  );
}
