import { ok } from '../../../shared/result';
import { reportDevices } from '../../compute/backends';
import type { Job } from '../service/job';

/** The backends that this machine has, and the one in use. */
export const devicesJob: Job<'devices'> = {
  kind: 'devices',
  run: async (_request, { backend }) => ok(await reportDevices(backend)),
};
