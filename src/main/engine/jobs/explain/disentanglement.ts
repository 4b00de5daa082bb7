import { ok } from '../../../../shared/result';
import { openCollection } from '../../service/collections';
import { openVae } from '../../models/vaes';
import type { Job } from '../../service/job';
import { reportDisentanglement } from './disentanglement-report';

/** Scores how a model's latents stand for a collection's factors. */
export const disentanglementJob: Job<'disentanglement'> = {
  kind: 'disentanglement',
  run: async (request, environment, context) => {
    const startedAt = performance.now();
    const vae = await openVae(request.model, environment);
    if (!vae.ok) return vae;
    const dataset = await openCollection(request.collection, environment);
    if (!dataset.ok) return dataset;
    const report = await reportDisentanglement(vae.value, dataset.value, request, context);
    if (!report.ok) return report;
    return ok({ ...report.value, seconds: (performance.now() - startedAt) / 1000 });
  },
};
