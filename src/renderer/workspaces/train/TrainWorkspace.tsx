import { Boxes, Database, FolderOpen } from 'lucide-react';
import { useEffect } from 'react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { WorkspaceColumns } from '../../workbench/shell/WorkspaceColumns';
import { ModelCardView } from '../models/ModelCardView';
import { ModelList } from '../models/ModelList';
import { EXPLAIN_USE } from '../explain/vae-use';
import { modelsSlice } from '../models/state';
import { ensureModels } from '../models/load';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { Curves } from './Curves';
import { meshesIn } from './data';
import { kindOf } from './draft';
import { RunList } from './RunList';
import { RunPanel } from './RunPanel';
import { listRuns } from './runs';
import { SetupPanel } from './SetupPanel';
import { selectedRun, trainSlice } from './state';
import './train.css';
import { NETWORKS } from '../../../shared/networks';

type Page = 'runs' | 'models';

/** Data, runs and models. Runs go on while other workspaces are shown. */
export function TrainWorkspace() {
  const workbench = useWorkbench();
  const page = useSlice(modelsSlice, ({ shown }): Page => (shown ? 'models' : 'runs'));
  useEffect(() => {
    void listRuns(workbench);
    void ensureModels(workbench);
  }, [workbench]);
  return (
    <section className="train" aria-label="Training">
      <WorkspaceColumns
        left={{
          id: 'train-list-panel',
          label: 'the list',
          content: <Lists page={page} />,
          size: 264,
          least: 200,
        }}
        middle={
          page === 'runs'
            ? { id: 'train-curves-panel', content: <Middle />, least: 320 }
            : { id: 'train-card-panel', content: <ModelCardView vaeUse={EXPLAIN_USE} />, least: 320 }
        }
        right={
          page === 'runs'
            ? { id: 'train-run-panel', label: 'the run', content: <Side />, size: 320, least: 260 }
            : undefined
        }
      />
    </section>
  );
}

function Lists({ page }: { readonly page: Page }) {
  return (
    <div className="panel">
      <PageTabs page={page} />
      {page === 'runs' ? <RunList /> : <ModelList vaeUse={EXPLAIN_USE} />}
    </div>
  );
}

function PageTabs({ page }: { readonly page: Page }) {
  const workbench = useWorkbench();
  const titles = { runs: 'Runs', models: 'Models' } as const;
  return (
    <div className="tabs small train-tabs" role="tablist" aria-label="Training">
      {(['runs', 'models'] as const).map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          className="tab"
          aria-selected={page === name}
          onClick={() => modelsSlice.set(workbench, { shown: name === 'models' })}
        >
          {titles[name]}
        </button>
      ))}
    </div>
  );
}

function Middle() {
  const compared = useSlice(trainSlice, (train) => train.runs.some((run) => run.compared));
  return compared ? <Curves /> : <EmptyCurves />;
}

/** What can be done here before anything was trained. */
function EmptyCurves() {
  const setup = useSlice(trainSlice, (train) => train.setup);
  const { data, found } = setup;
  const unfit = found?.state === 'known' && found.report.unfit !== null;
  const { title, text, begin } = useSlice(
    trainSlice,
    (train) => NETWORKS[kindOf(train.setup.draft)].invitation,
  );
  const runs = useSlice(trainSlice, (train) => train.runs.length);
  return (
    <div className="notice">
      <div className="notice-body">
        <h1>{runs > 0 ? 'Nothing to draw' : title}</h1>
        {runs > 0 ? (
          <p className="muted">Tick a run on the left to draw its curves, or several to compare them.</p>
        ) : (
          <>
            <p>{text}</p>
            <p className="muted">
              {!data && begin}
              {data && !unfit && `${data.name} is chosen. Check the configuration on the right, then start.`}
              {data && unfit && `${data.name} is chosen. ${found.report.what}.`}
            </p>
            {data && !unfit && <CommandButton id="train.start" primary />}
            {meshesIn(setup) > 0 && (
              <CommandButton id="train.make-data" icon={Boxes} label="Make a data set of it..." primary />
            )}
            {(!data || (unfit && meshesIn(setup) === 0)) && (
              <CommandButton id="train.choose-data" icon={Database} label="Choose data..." primary />
            )}
          </>
        )}
        {runs === 0 && <CommandButton id="train.open-run" icon={FolderOpen} />}
      </div>
    </div>
  );
}

function Side() {
  const run = useSlice(trainSlice, (train) => selectedRun(train));
  return run ? <RunPanel key={run.folder.token} run={run} /> : <SetupPanel />;
}
