import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../shared/formats/lookup';
import { EXPORT_OPTIONS, formatsWith, OPTION_NAMES, takesOption } from '../../shared/formats/options';
import { ok } from '../../shared/result';
import type { OptionValues } from './command';
import { exportCommand } from './export';

/** What the command asks of an engine that opens any project and writes anything. */
async function asked(values: OptionValues) {
  const requests: unknown[] = [];
  const client = {
    run: (request: { kind: string }) => {
      requests.push(request);
      return Promise.resolve(ok(request.kind === 'export' ? { files: [], notes: [] } : { document: 'any' }));
    },
  };
  const engine = { client, grant: (path: string, how: string) => `${how} ${path}` };
  const result = await exportCommand.run({
    positionals: ['mug.halfspace'],
    values: { output: 'out', ...values },
    seed: 1,
    signal: new AbortController().signal,
    engine: () => engine as never,
    progress: () => undefined,
  });
  return { result, requests };
}

const VALUES = {
  separateParts: true,
  union: true,
  includeVisual: true,
  density: '700',
  upAxis: 'y',
} as const;
const cases = EXPORT_FORMATS.flatMap((format) => OPTION_NAMES.map((option) => [format, option] as const));

describe('halfspace export', () => {
  it.each(cases)('--format %s takes the flag of %s or says whose it is', async (format, option) => {
    const { flag } = EXPORT_OPTIONS[option];
    const { result, requests } = await asked({ format, [flag]: VALUES[option] });
    if (takesOption(format, option)) {
      const value = option === 'density' ? 700 : VALUES[option];
      expect(result.ok).toBe(true);
      expect(requests[1]).toMatchObject({ kind: 'export', format, options: { [option]: value } });
    } else {
      const whose = formatsWith(option).join(', ');
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'usage', message: `--${flag} is for ${whose}, not for ${format}.` },
      });
      expect(requests).toEqual([]);
    }
  });

  it('lists every format and every flag in its help', () => {
    expect(exportCommand.usage).toContain(`--format ${EXPORT_FORMATS.join('|')} `);
    for (const option of OPTION_NAMES)
      expect(exportCommand.usage).toContain(`--${EXPORT_OPTIONS[option].flag} `);
  });

  it('refuses a format that there is not', async () => {
    const { result } = await asked({ format: 'step' });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'usage', message: `--format takes ${EXPORT_FORMATS.join(', ')}.` },
    });
  });
});
