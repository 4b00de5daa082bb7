import type { ExportFormat } from '../../shared/formats/index';
import { EXPORT_FORMATS } from '../../shared/formats/lookup';
import {
  EXPORT_OPTIONS,
  exportFormatSchema,
  exportOptionsSchema,
  formatsWith,
  OPTION_NAMES,
  takesOption,
} from '../../shared/formats/options';
import { fail, ok, type Result } from '../../shared/result';
import type { Command, OptionTable, OptionValues } from './command';
import { checkOptions, readNumbers, usage } from './values';

const USAGE = `halfspace export <project.halfspace> --format ${EXPORT_FORMATS.join('|')} -o <file or folder>`;

const HELP = OPTION_NAMES.map((option) => {
  const { flag, takes, help } = EXPORT_OPTIONS[option];
  const formats = formatsWith(option);
  const whose = formats.length < EXPORT_FORMATS.length ? ` (${formats.join(', ')})` : '';
  return `  ${`--${flag} ${takes ?? ''}`.padEnd(15)}${help}${whose}`;
});

const FLAGS: OptionTable = Object.fromEntries(
  OPTION_NAMES.map((option) => {
    const { flag, takes } = EXPORT_OPTIONS[option];
    return [flag, { type: takes === null ? 'boolean' : 'string' }] as const;
  }),
);

/** A flag that the format does not take would be ignored, and its wish with it. */
function checkFlags(format: ExportFormat, values: OptionValues): Result<null> {
  const refused = OPTION_NAMES.find(
    (option) => values[EXPORT_OPTIONS[option].flag] !== undefined && !takesOption(format, option),
  );
  if (!refused) return ok(null);
  const whose = formatsWith(refused).join(', ');
  return usage(`--${EXPORT_OPTIONS[refused].flag} is for ${whose}, not for ${format}`, USAGE);
}

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write a project as meshes or for a physics engine.',
  usage: [USAGE, ...HELP].join('\n'),
  positionals: [1, 1],
  options: { format: { type: 'string' }, output: { type: 'string', short: 'o' }, ...FLAGS },
  run: async ({ engine: start, positionals, values, signal }) => {
    const format = exportFormatSchema.safeParse(values.format);
    if (!format.success) {
      return fail({ code: 'usage', message: `--format takes ${exportFormatSchema.options.join(', ')}.` });
    }
    if (typeof values.output !== 'string') {
      return fail({ code: 'usage', message: 'Say where the files go with -o.' });
    }
    const flags = checkFlags(format.data, values);
    if (!flags.ok) return flags;
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
