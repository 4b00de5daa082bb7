import { basename } from 'node:path';
import { fail, ok } from '../../shared/result';
import type { Command } from './command';
import { describeParts, figuresLine, withOverlap, writeReport, type ShapeReport } from './report';

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'Measure the shape of a project against a mesh, a point set or a depth image.',
  usage: `halfspace evaluate <project.halfspace> [--against <mesh|points|depth image>] [--report <report.json>]
Without --against the shape is measured against the source inside the project.`,
  positionals: [1, 1],
  options: { against: { type: 'string' }, report: { type: 'string' } },
  run: async ({ engine: start, positionals, values, signal }) => {
    const engine = start();
    const token = engine.grant(positionals[0], 'read');
    const project = await engine.client.run({ kind: 'open-project', token }, { signal });
    if (!project.ok) return project;
    const { document } = project.value;
    const against = typeof values.against === 'string' ? engine.grant(values.against, 'read') : token;
    const startedAt = performance.now();
    const figures = await engine.client.run(
      {
        kind: 'evaluate',
        source: { token: against },
        shape: { parts: document.parts, sharpness: document.sharpness },
        frame: document.frame,
      },
      { signal },
    );
    if (!figures.ok) return figures;
    const devices = await engine.client.run({ kind: 'devices' }, { signal });
    if (!devices.ok) return fail(devices.error);
    const report: ShapeReport = {
      input: basename(positionals[0]),
      model: null,
      modelHash: document.recipe?.modelHash ?? null,
      seed: document.recipe?.seed ?? null,
      options: null,
      backend: devices.value.active,
      secondsPerStage: { evaluate: (performance.now() - startedAt) / 1000 },
      shape: withOverlap(figures.value),
      parts: describeParts(document),
    };
    if (typeof values.report === 'string') await writeReport(values.report, report);
    return ok({ json: report, lines: [figuresLine(figures.value)] });
  },
};
