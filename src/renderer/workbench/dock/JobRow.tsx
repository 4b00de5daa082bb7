import { Check, CircleAlert, CircleSlash, LoaderCircle, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { revealFile } from '../actions/reveal';
import { setDock } from '../actions/dock';
import { CommandButton } from '../shell/CommandButton';
import { nextCommand, secondsLeft, type JobEntry, type JobState } from '../jobs/list';
import { count, seconds, significant } from '../../ui/format';
import { useDocument, useWorkbench } from '../state/hooks';
import { ProblemDetails } from '../../ui/ProblemDetails';

const ICONS = {
  running: LoaderCircle,
  finished: Check,
  failed: CircleAlert,
  cancelled: CircleSlash,
} as const;
const WORDS: Readonly<Record<JobState, string>> = {
  running: 'Running',
  finished: 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const FIGURE_WORDS: Readonly<Record<string, string>> = {
  iou: 'IoU',
  bestIou: 'best IoU',
  heldOutLoss: 'held-out loss',
  bestLoss: 'best held-out loss',
  samplesPerSecond: 'samples/s',
};
/** Figures that the bar and the time left say already. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(['steps', 'stepsDone', 'secondsLeft']);

export interface JobRowProps {
  readonly job: JobEntry;
  /** One line: the collapsed dock. */
  readonly compact?: boolean;
}

export function JobRow({ job, compact }: JobRowProps) {
  const workbench = useWorkbench();
  const { jobs } = workbench;
  const Icon = ICONS[job.state];
  return (
    <div className={`job ${job.state}`} data-testid={`job-${job.kind}`} data-state={job.state}>
      <Icon size={16} role="img" aria-label={WORDS[job.state]} className="job-icon" />
      <span className="job-title ellipsis">{job.title}</span>
      {job.state === 'running' && <RunningJob job={job} />}
      {job.state === 'finished' && <FinishedJob job={job} />}
      {job.state === 'cancelled' && <span className="muted">Cancelled</span>}
      {job.problem && compact && (
        <>
          <span className="job-problem ellipsis">{job.problem.message}</span>
          <button type="button" className="button" onClick={() => setDock(workbench, true)}>
            Details
          </button>
        </>
      )}
      {job.state !== 'running' && (
        <button
          type="button"
          className="button icon job-dismiss"
          aria-label={`Dismiss ${job.title}`}
          title="Dismiss"
          onClick={() => jobs.dismiss(job.id)}
        >
          <X size={14} aria-hidden />
        </button>
      )}
      {job.problem && !compact && <ProblemDetails problem={job.problem} />}
    </div>
  );
}

function RunningJob({ job }: { readonly job: JobEntry }) {
  const { jobs } = useWorkbench();
  const left = secondsLeft(job, useNow());
  const { fraction, stage, figures } = job.progress;
  return (
    <>
      <progress value={fraction ?? undefined} max={1} aria-label={job.title} />
      <span className="figure">
        {stage}
        {fraction !== null && ` ${Math.round(100 * fraction)} %`}
        {left !== null && <span className="muted"> · about {seconds(left)} left</span>}
      </span>
      <span className="figure muted job-figures ellipsis">
        {Object.entries(figures)
          .filter(([name]) => !SAID_ELSEWHERE.has(name))
          .map(([name, value]) => `${FIGURE_WORDS[name] ?? name} ${figure(value)}`)
          .join(' · ')}
      </span>
      <button type="button" className="button" onClick={() => jobs.cancel(job.id)}>
        {job.kind === 'train' ? 'Stop' : 'Cancel'}
      </button>
    </>
  );
}

function FinishedJob({ job }: { readonly job: JobEntry }) {
  const workbench = useWorkbench();
  const { generation } = useDocument();
  const { reveal } = job;
  const next = nextCommand(job, generation);
  return (
    <>
      <span className="figure job-outcome" role="status">
        {job.outcome}
      </span>
      {next && <CommandButton id={next} />}
      {reveal && (
        <button type="button" className="button" onClick={() => void revealFile(workbench, reveal)}>
          Show in folder
        </button>
      )}
    </>
  );
}

/** The clock, twice a second, for the time left. */
function useNow(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(performance.now()), 500);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}

function figure(value: number): string {
  return Number.isInteger(value) ? count(value) : significant(value);
}
