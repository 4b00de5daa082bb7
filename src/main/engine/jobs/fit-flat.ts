import type { FlatFigures } from '../../../shared/contract/flat';
import { checkMask, frameOfMask } from '../../../shared/flat/mask';
import { coverCounts, maskIou, pixelPoints } from '../../../shared/flat/measure';
import { packFlat } from '../../../shared/flat/pack';
import { partPolygon } from '../../../shared/flat/polygon';
import type { FlatFrame, FlatMask, FlatShape } from '../../../shared/flat/types';
import { createRandom } from '../../../shared/random';
import { ok } from '../../../shared/result';
import { unionIndicator } from '../../../shared/shape/field';
import { toFloat32 } from '../../../shared/shape/pack';
import { fitFlat, FLAT_SAMPLING, sampleMask } from '../../learning/cvxnet/flat';
import type { ConvexFieldKernel } from '../../compute/kernels/types';
import { openKernel } from '../../compute/field-kernel';
import type { Job } from '../service/job';

/** Steps between two rows of the loss curve. */
const STEPS_PER_ROW = 5;

/** Fits convex polygons to a mask and measures them on its pixels. Its rows are the loss curve. */
export const fitFlatJob: Job<'fit-flat'> = {
  kind: 'fit-flat',
  exclusive: true,
  run: async ({ mask, options }, environment, context) => {
    const checked = checkMask(mask);
    if (!checked.ok) return checked;
    const frame = frameOfMask(mask);
    const samples = sampleMask(mask, frame, FLAT_SAMPLING, createRandom(options.seed));
    const kernel = await openKernel(environment.backend, environment.fieldWorker);
    const fitted = await fitFlat({
      samples,
      options,
      kernel,
      signal: context.signal,
      onProgress: ({ step, loss, iou }) => {
        context.progress({ fraction: step / options.steps, stage: 'Fitting', figures: { step, loss, iou } });
        if (step % STEPS_PER_ROW === 0) context.rows([{ step, values: { loss, iou } }]);
      },
      onPreview: (shape) => context.flatPreview(() => ({ shape: shape(), frame })),
    });
    if (!fitted.ok) return fitted;
    return ok({ ...fitted.value, frame, figures: measure(mask, frame, fitted.value.shape, kernel) });
  },
};

function measure(mask: FlatMask, frame: FlatFrame, shape: FlatShape, kernel: ConvexFieldKernel): FlatFigures {
  const points = pixelPoints(mask, frame);
  const count = mask.inside.length;
  const indicator = new Float32Array(shape.parts.length * count);
  kernel.forward(toFloat32(packFlat(shape)), points, indicator);
  return {
    iou: maskIou(coverCounts(shape, points), mask.inside),
    smoothIou: maskIou(unionIndicator(indicator, shape.parts.length, count), mask.inside),
    partCount: shape.parts.length,
    edges: shape.parts.reduce((sum, part) => sum + (partPolygon(part)?.lines.length ?? 0), 0),
  };
}
