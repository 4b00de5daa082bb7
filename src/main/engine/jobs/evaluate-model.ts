import { ok } from '../../../shared/result';
import { openDataset } from '../../files/dataset';
import { openKernel } from '../../compute/field-kernel';
import { evaluateNetwork } from '../measure/evaluate';
import { openNetwork } from '../models/networks';
import type { Job } from '../service/job';

/** Scores a model on a data set's split, with baselines where they are asked for. */
export const evaluateModelJob: Job<'evaluate-model'> = {
  kind: 'evaluate-model',
  exclusive: true,
  run: async (request, environment, context) => {
    const startedAt = performance.now();
    const folder = environment.grants.resolve(request.data, 'read');
    if (!folder.ok) return folder;
    const network = await openNetwork(request.model, environment);
    if (!network.ok) return network;
    const dataset = await openDataset(folder.value);
    if (!dataset.ok) return dataset;
    const kernel = await openKernel(environment.backend, environment.fieldWorker);
    const methods = await evaluateNetwork({
      network: network.value,
      dataset: dataset.value,
      split: request.split,
      shapes: request.shapes,
      baselines: request.baselines,
      fits: request.fits,
      refined: request.refined,
      tools: { kernel, seed: request.seed, signal: context.signal },
      onProgress: (fraction, stage) => context.progress({ fraction, stage, figures: {} }),
    });
    if (!methods.ok) return methods;
    const { name, sha256 } = network.value;
    return ok({
      model: { name, sha256 },
      data: dataset.value.name,
      split: request.split,
      methods: methods.value,
      seconds: (performance.now() - startedAt) / 1000,
    });
  },
};
