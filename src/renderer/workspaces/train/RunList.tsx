import { FolderOpen, Plus, X } from 'lucide-react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { LineSample } from '../../ui/chart/CurveChart';
import { lineStyle } from '../../ui/chart/line-style';
import { compareRun, forgetRun, selectRun } from './runs';
import { lastStep, stageWords, statusWords, validated } from './run-words';
import { trainSlice, type RunEntry } from './state';
import '../../ui/styles/run-list.css';
import { NETWORKS } from '../../../shared/networks';

/** Every run that is remembered: ticked ones are drawn, the selected one is shown beside the curves. */
export function RunList() {
  const runs = useSlice(trainSlice, (train) => train.runs);
  return (
    <>
      <div className="panel-actions">
        <CommandButton id="train.new" icon={Plus} label="New run" />
        <CommandButton id="train.open-run" icon={FolderOpen} />
      </div>
      {runs.length === 0 ? (
        <p className="panel-empty muted">
          Runs are listed here, those of earlier starts too. Start one, or open the folder of a run that was
          trained elsewhere.
        </p>
      ) : (
        <ul className="run-list" aria-label="Runs">
          {runs.map((run) => (
            <li key={run.folder.token}>
              <RunRow run={run} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function RunRow({ run }: { readonly run: RunEntry }) {
  const workbench = useWorkbench();
  const selected = useSlice(trainSlice, (train) => train.selected === run.folder.token);
  const theme = useUi((state) => state.theme);
  const { token, name } = run.folder;
  return (
    <div className="run-row" data-selected={selected} data-testid="run-row" data-status={run.status}>
      <input
        type="checkbox"
        aria-label={`Compare ${name}`}
        title="Draw among the curves"
        checked={run.compared}
        onChange={(event) => compareRun(workbench, token, event.target.checked)}
      />
      <button
        type="button"
        className="run-choice"
        aria-pressed={selected}
        onClick={() => selectRun(workbench, token)}
      >
        <span className="run-name">
          <span className="ellipsis">{name}</span>
          <LineSample {...lineStyle(run.colour, theme)} />
        </span>
        <span className="run-facts figure muted">
          <span>{statusWords(run)}</span>
          <span>{stageWords(run.config, lastStep(run))}</span>
          {run.best !== null && run.config !== null && (
            <span>
              {NETWORKS[run.config.kind].validation.words} {validated(run.config.kind, run.best)}
            </span>
          )}
        </span>
      </button>
      {run.control ? (
        <span className="run-gap" />
      ) : (
        <button
          type="button"
          className="button icon run-forget"
          aria-label={`Take ${name} off the list`}
          title="Take off the list; the folder stays"
          onClick={() => void forgetRun(workbench, token)}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
