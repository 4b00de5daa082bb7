import { Box, FolderOpen, Pause, Play, Square } from 'lucide-react';
import { stageAt, totalSteps, type TrainingConfig } from '../../../shared/recipes/training';
import { revealFile } from '../../workbench/actions/reveal';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { openBestModel } from '../models/load';
import { FactList } from '../../ui/FactList';
import { ProblemDetails } from '../../ui/ProblemDetails';
import { count, seconds, significant } from '../../ui/format';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { OtherValues } from './ConfigFields';
import { valueAt } from './draft';
import { PreviewView } from './PreviewView';
import { lastStep, latest, stageWords, statusWords, validated } from './run-words';
import { canResume, type RunEntry, trainSlice } from './state';
import './run-panel.css';
import { NETWORKS, UNSAID_KIND } from '../../../shared/networks';

/** One run: what it does, what it sees, and what can be done with it. */
export function RunPanel({ run }: { readonly run: RunEntry }) {
  const workbench = useWorkbench();
  const preview = useSlice(trainSlice, (train) =>
    train.preview?.run === run.folder.token ? train.preview : null,
  );
  return (
    <aside className="panel" aria-label="Run">
      <div className="run-head">
        <h2 className="ellipsis" title={run.folder.name}>
          {run.folder.name}
        </h2>
        <p className="muted" role="status" data-testid="run-status">
          {statusWords(run)}
        </p>
      </div>
      <RunControls run={run} />
      {run.config && <Progress run={run} config={run.config} />}
      {run.problem && (
        <div className="panel-problem">
          <ProblemDetails problem={run.problem} />
        </div>
      )}
      {preview && 'shape' in preview && <PreviewView shape={preview.shape} />}
      {preview && 'picture' in preview && (
        <figure className="run-preview" data-testid="run-pictures">
          <PictureCanvas picture={preview.picture} label="Held-out pictures over their reconstructions" />
          <figcaption className="muted small">
            Held-out pictures, and below each what the network makes of it now
          </figcaption>
        </figure>
      )}
      {run.config && <RunFacts run={run} />}
      {run.notes.length > 0 && (
        <ul className="notes">
          {run.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <div className="panel-actions">
        <button type="button" className="button" onClick={() => void openBestModel(workbench, run.folder)}>
          <Box size={16} strokeWidth={1.75} aria-hidden />
          Open its model
        </button>
        <button type="button" className="button" onClick={() => void revealFile(workbench, run.folder.token)}>
          <FolderOpen size={16} strokeWidth={1.75} aria-hidden />
          Show in folder
        </button>
      </div>
      {run.config && <RunConfig config={run.config} />}
    </aside>
  );
}

function RunControls({ run }: { readonly run: RunEntry }) {
  if (run.control) {
    const held = run.status === 'paused' || run.status === 'pausing';
    return (
      <div className="panel-actions">
        <CommandButton
          id="train.pause"
          icon={held ? Play : Pause}
          label={held ? 'Continue' : 'Pause'}
          primary={held}
        />
        <CommandButton id="train.stop" icon={Square} label="Stop" />
      </div>
    );
  }
  if (!canResume(run)) return null;
  return (
    <div className="panel-actions">
      <CommandButton id="train.resume" icon={Play} label="Resume" primary />
    </div>
  );
}

function Progress({ run, config }: { readonly run: RunEntry; readonly config: TrainingConfig }) {
  const step = lastStep(run);
  const place = stageAt(config, step);
  const rest = stageAt(config, totalSteps(config)).steps;
  return (
    <div className="run-progress">
      <progress value={step} max={totalSteps(config)} aria-label="Steps done" />
      <span className="figure">
        {place.name === 'first' ? 'First stage, without pictures: step ' : 'Step '}
        <span data-testid="run-step">{count(place.step)}</span> of {count(place.steps)}
      </span>
      {place.name === 'first' && (
        <span className="figure muted small">{count(rest)} steps from pictures follow</span>
      )}
      {place.name === 'main' && place.step < step && (
        <span className="figure muted small">
          After {count(step - place.step)} of the first stage; step {count(step)} of the curves
        </span>
      )}
    </div>
  );
}

function RunFacts({ run }: { readonly run: RunEntry }) {
  const rate = run.figures.samplesPerSecond ?? latest(run, 'samplesPerSecond');
  const loss = run.figures.loss ?? latest(run, 'total');
  const left = run.figures.secondsLeft ?? null;
  const kind = run.config?.kind ?? UNSAID_KIND;
  const { metric, words, hint } = NETWORKS[kind].validation;
  const held = latest(run, metric);
  const shown = (value: number | null): string => (value === null ? '-' : validated(kind, value));
  return (
    <FactList
      title="Figures"
      facts={[
        { name: 'Loss', value: loss === null ? '-' : significant(loss, 4) },
        { name: `Validation ${words}`, value: shown(held), hint },
        {
          name: `Best ${words}`,
          value: shown(run.best),
          hint,
          id: 'run-best',
        },
        { name: 'Speed', value: rate === null ? '-' : `${significant(rate)} samples/s` },
        ...(run.control
          ? [{ name: 'Time left', value: left === null ? '-' : `about ${seconds(left)}` }]
          : []),
        {
          name: 'Last checkpoint',
          value: run.checkpointStep === 0 ? 'none yet' : stageWords(run.config, run.checkpointStep),
          hint: 'Where the run goes on from when it is resumed.',
        },
        { name: 'Data', value: run.data?.name ?? 'chosen when it is resumed' },
      ]}
    />
  );
}

function RunConfig({ config }: { readonly config: NonNullable<RunEntry['config']> }) {
  return (
    <>
      <FactList
        title="Configuration"
        facts={NETWORKS[config.kind].fields.map(({ path, label, hint }) => ({
          name: label,
          value: String(valueAt(config, path)),
          hint,
        }))}
      />
      <OtherValues draft={config} errors={NO_ERRORS} />
    </>
  );
}

const NO_ERRORS: ReadonlyMap<string, string> = new Map();
