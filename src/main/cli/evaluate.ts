import { basename } from 'node:path';
import { isProjectName } from '../../shared/formats/lookup';
import { fail, ok } from '../../shared/result';
import type { Command } from './command';
import { evaluateModel } from './evaluate-model';
import { evaluateVae, findVae } from './evaluate-vae';
import { modelChoice } from './models';
import { describeParts, figuresLine, withOverlap, writeReport, type ShapeReport } from './report';
import { usage } from './values';

const USAGE = `halfspace evaluate <project.halfspace> [--against <mesh|points|depth image>] [--report <report.json>]
halfspace evaluate <model name|file> --against <data set> [--report <report.json>]
  --split train|validation|test   (default: test)
  --shapes <n>      so many of its shapes, spread evenly (default: all)
  --baselines       also the mean shape, the nearest training shape and the convex hull of the truth
  --fits <n>        also direct fits of so many shapes, the upper reference
  --refined <n>     also refine so many shapes on their view, with the camera's place told and without
halfspace evaluate <VAE name|file> --against <pictures> [--report <report.json>]
  with masks: how well maps find what does not belong, the reconstruction error beside it
  --split train|validation|test   (default: test)
  --pictures <n>    so many pictures, spread evenly (default: all)
  --layer <name>    the encoder's map (default: the deepest of at least 7 x 7)
  --score sumMu|normalDifference|meanOfMaps, --sign abs|relu, --normal prior|trainMean
  with factors: FactorVAE score, beta-VAE score, MIG, SAP, DCI
  --share <s>       share of the published sample counts (default: 1)
Without --against a project is measured against the source inside it.`;

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'Measure a project against a mesh, points or a depth image, or a model on a data set.',
  usage: USAGE,
  positionals: [1, 1],
  options: {
    against: { type: 'string' },
    report: { type: 'string' },
    split: { type: 'string' },
    shapes: { type: 'string' },
    baselines: { type: 'boolean' },
    fits: { type: 'string' },
    refined: { type: 'string' },
    pictures: { type: 'string' },
    layer: { type: 'string' },
    score: { type: 'string' },
    sign: { type: 'string' },
    normal: { type: 'string' },
    share: { type: 'string' },
  },
  run: async (context) => {
    const { engine: start, positionals, values, signal } = context;
    if (!isProjectName(positionals[0])) {
      if (typeof values.against !== 'string') return usage('--against names the data set of a model', USAGE);
      const own = start();
      const vae = await findVae(context, own, modelChoice(own, positionals[0]));
      if (!vae.ok) return vae;
      return vae.value ? evaluateVae(context, own, vae.value, USAGE) : evaluateModel(context, USAGE);
    }
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
