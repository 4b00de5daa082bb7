import { ChevronDown, ChevronUp } from 'lucide-react';
import { setDock } from '../actions/dock';
import { useJobs, useUi, useWorkbench } from '../state/hooks';
import type { JobEntry } from '../jobs/list';
import { JobRow } from './JobRow';
import { Log } from './Log';
import { useState } from 'react';

/** Jobs and log: one line until there is more to say. */
export function Dock() {
  const workbench = useWorkbench();
  const open = useUi((state) => state.dockOpen);
  const jobs = useJobs();
  const [tab, setTab] = useState<'jobs' | 'log'>('jobs');
  const Chevron = open ? ChevronDown : ChevronUp;
  return (
    <section className="dock" aria-label="Jobs and log">
      <div className="dock-line">
        <button
          type="button"
          className="button icon"
          aria-label={open ? 'Collapse jobs' : 'Expand jobs'}
          aria-expanded={open}
          onClick={() => setDock(workbench, !open)}
        >
          <Chevron size={16} aria-hidden />
        </button>
        {open ? (
          <div className="tabs small" role="tablist" aria-label="Dock">
            {(['jobs', 'log'] as const).map((name) => (
              <button
                key={name}
                type="button"
                role="tab"
                className="tab"
                aria-selected={tab === name}
                onClick={() => setTab(name)}
              >
                {name === 'jobs' ? 'Jobs' : 'Log'}
              </button>
            ))}
          </div>
        ) : (
          <Summary jobs={jobs} />
        )}
      </div>
      {open && (tab === 'jobs' ? <JobRows jobs={jobs} /> : <Log />)}
    </section>
  );
}

/** The most urgent job in one line: an error, then what runs, then what finished last. */
function Summary({ jobs }: { readonly jobs: readonly JobEntry[] }) {
  const failed = jobs.find((job) => job.state === 'failed');
  const running = jobs.find((job) => job.state === 'running');
  const job = failed ?? running ?? jobs[0];
  if (!job) return <span className="muted">No jobs yet</span>;
  return <JobRow job={job} compact />;
}

function JobRows({ jobs }: { readonly jobs: readonly JobEntry[] }) {
  if (jobs.length === 0) {
    return (
      <p className="panel-empty muted">Long work is listed here with its progress. Nothing has run yet.</p>
    );
  }
  return (
    <ul className="job-list" aria-label="Jobs">
      {jobs.map((job) => (
        <li key={job.id}>
          <JobRow job={job} />
        </li>
      ))}
    </ul>
  );
}
