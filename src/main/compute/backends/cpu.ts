import type { Backend } from './backend';

/** Plain JavaScript: the oracle of the others. */
export const cpu: Backend = {
  name: 'cpu',
  probe: async () => ({
    available: true,
    reason: 'plain JavaScript, slow: the reference that the others are held to',
    device: 'processor',
    fallback: false,
  }),
  start: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    const { activate } = await import('../activate');
    const { registerConvexField } = await import('../kernels/register');
    const { registerWorkersMean } = await import('../kernels/workers-mean');
    registerConvexField('cpu');
    registerWorkersMean('cpu');
    await activate('cpu');
  },
  fieldKernel: async () => {
    const { createReferenceFieldKernel } = await import('../kernels/reference');
    return createReferenceFieldKernel();
  },
  trainingWorkers: Infinity,
};
