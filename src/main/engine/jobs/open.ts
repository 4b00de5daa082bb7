import { ok } from '../../../shared/result';
import { settingsOf } from '../service/sources';
import type { Job } from '../service/job';
import { describeSource } from '../measure/describe-source';

/** Reads a mesh, point set or depth image and describes it for the window. */
export const openJob: Job<'open'> = {
  kind: 'open',
  run: async ({ source: request }, environment) => {
    const loaded = await environment.sources.load(request);
    if (!loaded.ok) return loaded;
    const opened = describeSource(loaded.value);
    if (!opened.ok) return opened;
    const settings = settingsOf(request);
    const reference = { ...opened.value.reference, ...(Object.keys(settings).length > 0 && { settings }) };
    return ok({ ...opened.value, reference });
  },
};
