import { exportFormatSchema, exportOptionsSchema } from '../../shared/contract/jobs';
import { fail, ok } from '../../shared/result';
import type { Command } from './command';
import { checkOptions, readNumbers } from './values';

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write a project as meshes or for a physics engine.',
  usage: `halfspace export <project.halfspace> --format obj|stl|ply|glb|urdf|mjcf|usd -o <file or folder>
  --separate     one file per part beside the whole (obj, stl, ply)
  --union        one watertight surface instead of a body per part (obj, stl, ply, glb)
  --density <n>  kg per cubic metre (default: 1000)
  --up y|z       up axis of the file (default: the format's own)
  --visual       write the source mesh as the visual (urdf, mjcf, usd, glb)`,
  positionals: [1, 1],
  options: {
    format: { type: 'string' },
    output: { type: 'string', short: 'o' },
    separate: { type: 'boolean' },
    union: { type: 'boolean' },
    density: { type: 'string' },
    up: { type: 'string' },
    visual: { type: 'boolean' },
  },
  run: async ({ engine: start, positionals, values, signal }) => {
    const format = exportFormatSchema.safeParse(values.format);
    if (!format.success) {
      return fail({ code: 'usage', message: `--format takes ${exportFormatSchema.options.join(', ')}.` });
    }
    if (typeof values.output !== 'string') {
      return fail({ code: 'usage', message: 'Say where the files go with -o.' });
    }
    const numbers = readNumbers(values, ['density']);
    if (!numbers.ok) return numbers;
    const options = checkOptions(exportOptionsSchema, {
      separateParts: values.separate === true,
      union: values.union === true,
      includeVisual: values.visual === true,
      density: numbers.value.density,
      upAxis: values.up,
    });
    if (!options.ok) return options;
    const engine = start();
    const token = engine.grant(positionals[0], 'read');
    const project = await engine.client.run({ kind: 'open-project', token }, { signal });
    if (!project.ok) return project;
    const result = await engine.client.run(
      {
        kind: 'export',
        document: project.value.document,
        format: format.data,
        options: options.value,
        destination: engine.grant(values.output, 'write'),
        source: { token },
      },
      { signal },
    );
    if (!result.ok) return result;
    return ok({ json: result.value, lines: result.value.files.map((file) => `Wrote ${file.name}`) });
  },
};
