import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ModelEvaluation, ShapeScores } from '../../shared/contract/learning';
import { ok, type Result } from '../../shared/result';
import type { CommandContext, CommandOutput } from './command';
import { modelChoice } from './models';
import { usage } from './values';

const SPLITS = ['train', 'validation', 'test'] as const;

/** `halfspace evaluate <model> --against <data set>`: scores by family, beside the baselines that are asked for. */
export async function evaluateModel(
  { engine: start, positionals, values, signal, seed, progress }: CommandContext,
  hint: string,
): Promise<Result<CommandOutput>> {
  const split = SPLITS.find((name) => name === (values.split ?? 'test'));
  if (!split) return usage(`--split takes train, validation or test, not "${values.split}"`, hint);
  const counts: Record<string, number | undefined> = {};
  for (const name of ['shapes', 'fits', 'refined']) {
    const text = values[name];
    if (text === undefined) continue;
    counts[name] = Number(text);
    if (!Number.isInteger(counts[name]) || counts[name]! < 0) {
      return usage(`--${name} takes a whole number, not "${text}"`, hint);
    }
  }
  const engine = start();
  const result = await engine.client.run(
    {
      kind: 'evaluate-model',
      model: modelChoice(engine, positionals[0]),
      data: engine.grant(String(values.against), 'read'),
      split,
      shapes: counts.shapes,
      baselines: values.baselines === true,
      fits: counts.fits ?? 0,
      refined: counts.refined ?? 0,
      seed,
    },
    {
      signal,
      onProgress: ({ fraction, stage }) =>
        progress(`${stage}${fraction === null ? '' : ` ${Math.round(fraction * 100)} %`}`),
    },
  );
  if (!result.ok) return result;
  if (typeof values.report === 'string') {
    await mkdir(dirname(values.report), { recursive: true });
    await writeFile(values.report, `${JSON.stringify(result.value, null, 2)}\n`);
  }
  return ok({ json: result.value, lines: tableLines(result.value) });
}

/** IoU by method and family, then the means with all scores. */
function tableLines({ methods, data, split }: ModelEvaluation): string[] {
  const families = Object.keys(methods[0].families);
  const width = Math.max(...methods.map(({ method }) => method.length)) + 2;
  const cell = (value: number | null | undefined, digits: number): string =>
    (value === null || value === undefined ? '-' : value.toFixed(digits)).padStart(11);
  const scores = ({ iou, chamferL2, chamferL1, fScore }: ShapeScores): string =>
    cell(iou, 3) + cell(chamferL2, 3) + cell(chamferL1, 4) + cell(fScore, 1);
  return [
    `${split} split of ${data}`,
    '',
    `${'macro'.padEnd(width)}${['shapes', 'IoU', 'Chamfer-L2', 'Chamfer-L1', 'F-score'].map((title) => title.padStart(11)).join('')}`,
    ...methods.map((one) => one.method.padEnd(width) + cell(one.shapes, 0) + scores(one.macro)),
    '',
    'micro'.padEnd(width),
    ...methods.map((one) => one.method.padEnd(width) + cell(one.shapes, 0) + scores(one.micro)),
    '',
    `${'IoU by family'.padEnd(width)}${families.map((family) => family.slice(0, 10).padStart(11)).join('')}`,
    ...methods.map(
      ({ method, families: own }) =>
        method.padEnd(width) + families.map((family) => cell(own[family]?.iou, 3)).join(''),
    ),
  ];
}
