import { FileJson, Play, Save } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { totalSteps } from '../../../shared/recipes/training';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { ConfigField, OtherValues } from './ConfigFields';
import { DataChoice } from './DataChoice';
import { dataReason } from './data';
import { checkDraft, kindOf, PRESETS } from './draft';
import { exportConfig } from './export';
import { plural } from '../../ui/format';
import { ProblemDetails } from '../../ui/ProblemDetails';
import {
  choosePreset,
  chooseRunFolder,
  loadConfigFile,
  setDraftValue,
  setRunName,
  takeOwnFolder,
} from './setup';
import { trainSlice, type TrainSetup } from './state';
import './setup.css';
import { NETWORKS } from '../../../shared/networks';

/** What the next run is asked for: data, configuration, a name. */
export function SetupPanel() {
  const setup = useSlice(trainSlice, (train) => train.setup);
  const unfit = dataReason(setup);
  return (
    <aside className="panel" aria-label="New run">
      <DataChoice setup={setup} />
      <Configuration setup={setup} />
      <Destination setup={setup} />
      {setup.problem && (
        <div className="panel-problem">
          <ProblemDetails problem={setup.problem} />
        </div>
      )}
      <div className="panel-actions">
        <CommandButton id="train.start" icon={Play} primary={unfit === null} />
        {setup.data && unfit && (
          <p className="muted small" data-testid="start-reason">
            {unfit}
          </p>
        )}
      </div>
    </aside>
  );
}

function Configuration({ setup }: { readonly setup: TrainSetup }) {
  const workbench = useWorkbench();
  const { draft, origin, fileProblem } = setup;
  const { config, errors } = useMemo(() => checkDraft(draft), [draft]);
  const file = useRef<HTMLInputElement>(null);
  const preset = PRESETS.find(({ id }) => id === origin);
  const firstStage = config ? totalSteps(config) - config.steps : 0;
  return (
    <section className="setup-part">
      <h2>Configuration</h2>
      <select
        aria-label="Configuration"
        value={origin}
        onChange={(event) => choosePreset(workbench, event.target.value)}
      >
        {PRESETS.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
        {!preset && <option value={origin}>{origin}</option>}
      </select>
      {preset && <p className="muted small">{preset.hint}</p>}
      {fileProblem && (
        <p className="field-error" role="alert">
          {fileProblem}
        </p>
      )}
      <div className="config-fields">
        {NETWORKS[kindOf(setup.draft)].fields.map((field) => (
          <ConfigField
            key={`${origin} ${field.path}`}
            field={field}
            draft={draft}
            error={errors.get(field.path)}
            onChange={(value) => setDraftValue(workbench, field.path, value)}
          />
        ))}
      </div>
      {firstStage > 0 && (
        <p className="muted small">
          {plural(firstStage, 'step')} of a first stage, without pictures, come before these.
        </p>
      )}
      <OtherValues draft={draft} errors={errors} />
      <div className="setup-actions">
        <button type="button" className="button" onClick={() => file.current?.click()}>
          <FileJson size={16} strokeWidth={1.75} aria-hidden />
          Load JSON...
        </button>
        <button type="button" className="button" onClick={() => void exportConfig(workbench)}>
          <Save size={16} strokeWidth={1.75} aria-hidden />
          Save JSON...
        </button>
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="Configuration file"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) void loadConfigFile(workbench, chosen);
            // The same file chosen again, mended, is a change too.
            event.target.value = '';
          }}
        />
      </div>
    </section>
  );
}

function Destination({ setup: { name, folder } }: { readonly setup: TrainSetup }) {
  const workbench = useWorkbench();
  return (
    <section className="setup-part">
      <h2>Run</h2>
      {folder ? (
        <p className="chosen ellipsis" title={folder.name}>
          In the folder {folder.name}
        </p>
      ) : (
        <div className="config-field">
          <label htmlFor="run-name">Name</label>
          <input
            id="run-name"
            className="wide"
            type="text"
            value={name}
            maxLength={80}
            onChange={(event) => setRunName(workbench, event.target.value)}
          />
        </div>
      )}
      <p className="muted small">
        {folder
          ? 'Configuration, curves, checkpoint and best model go there.'
          : 'Configuration, curves, checkpoint and best model go to a new folder of this name.'}
      </p>
      <div className="setup-actions">
        <button type="button" className="button" onClick={() => void chooseRunFolder(workbench)}>
          Choose a folder...
        </button>
        {folder && (
          <button type="button" className="button" onClick={() => takeOwnFolder(workbench)}>
            Use a new one
          </button>
        )}
      </div>
    </section>
  );
}
