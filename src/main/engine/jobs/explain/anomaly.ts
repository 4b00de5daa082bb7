import { ok } from '../../../../shared/result';
import { openCollection } from '../../service/collections';
import type { Job } from '../../service/job';
import { openVae } from '../../models/vaes';
import { reportAnomalies } from './anomaly-report';

/** Scores a split with masks by the attention and by the reconstruction error. */
export const anomalyJob: Job<'anomaly'> = {
  kind: 'anomaly',
  run: async (request, environment, context) => {
    const startedAt = performance.now();
    const vae = await openVae(request.model, environment);
    if (!vae.ok) return vae;
    const dataset = await openCollection(request.collection, environment);
    if (!dataset.ok) return dataset;
    const report = await reportAnomalies(vae.value, dataset.value, request, context);
    if (!report.ok) return report;
    return ok({ ...report.value, seconds: (performance.now() - startedAt) / 1000 });
  },
};
