import { useMemo } from 'react';
import { plural, seconds, significant } from '../../ui/format';
import { useJobs, useUi, useSlice } from '../../workbench/state/hooks';
import { CurveChart } from '../../ui/chart/CurveChart';
import { curveOf } from '../../ui/chart/series';
import { flatSlice } from './state';

/** How the fit goes: the loss curve, and what came out or what is wrong. */
export function FitState() {
  const rows = useSlice(flatSlice, (flat) => flat.rows);
  const theme = useUi((state) => state.theme);
  const ink = theme === 'dark' ? '#8fb4ff' : '#1f51bd';
  const lines = useMemo(
    () => [{ id: 'flat', name: 'Loss', colour: ink, dash: [], ...curveOf(rows, 'loss') }],
    [rows, ink],
  );
  return (
    <div className="flat-state">
      <h2 className="flat-curve-title">
        Loss <span className="muted small">It jumps where a round begins anew with a softer field.</span>
      </h2>
      <div className="flat-curve">
        <CurveChart metric="loss" lines={lines} smoothing={0} logScale theme={theme} />
      </div>
      <Outcome />
    </div>
  );
}

function Outcome() {
  const { job, result, problem, shown } = useSlice(flatSlice);
  const running = useJobs().find(({ id }) => id === job);
  if (problem) {
    return (
      <p className="flat-problem" role="alert">
        {problem.message} {problem.hint}
      </p>
    );
  }
  if (running) {
    const { figures, fraction } = running.progress;
    return (
      <p role="status" className="flat-line">
        <progress value={fraction ?? 0} aria-label="Fitting" />
        <span className="figure">
          Step {figures.step ?? 0}, loss {significant(figures.loss ?? 0)}
        </span>
      </p>
    );
  }
  if (!result) {
    return (
      <p role="status" className="muted">
        {shown
          ? 'The mask has changed. Fit again to follow it.'
          : 'The fit moves convex pieces until they cover the mask.'}
      </p>
    );
  }
  const { figures, stopped } = result.value;
  return (
    <p role="status" data-testid="flat-result">
      {plural(figures.partCount, 'polygon')} with {plural(figures.edges, 'edge')}, IoU{' '}
      <span className="figure">{significant(figures.iou)}</span> (smooth field{' '}
      <span className="figure">{significant(figures.smoothIou)}</span>) in {seconds(result.seconds)}
      {stopped === 'converged' ? '.' : ', at the step limit.'}
    </p>
  );
}
