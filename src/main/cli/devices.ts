import { ok } from '../../shared/result';
import type { Command } from './command';

export const devicesCommand: Command = {
  name: 'devices',
  summary: 'List the backends of this machine and which one is used.',
  usage: 'halfspace devices',
  positionals: [0, 0],
  options: {},
  run: async ({ engine, signal }) => {
    const report = await engine().client.run({ kind: 'devices' }, { signal });
    if (!report.ok) return report;
    const { active, backends, cores } = report.value;
    return ok({
      json: report.value,
      lines: [
        `${cores} cores`,
        ...backends.map(
          ({ name, available, reason }) =>
            `${name === active ? '*' : ' '} ${name.padEnd(8)} ${available ? 'available' : 'missing'}: ${reason}`,
        ),
      ],
    });
  },
};
