import type { NetworkFacts } from './types';

/** CvxNet (Deng et al., CVPR 2020): a picture or a depth image to a union of convex parts. */
export const CVXNET: NetworkFacts = {
  name: 'CvxNet',
  model: 'model',
  modelFormat: 'halfspace-model-1',
  purpose: 'A CvxNet reconstructs shapes; maps of latents need a VAE.',
  learnsFrom: 'shapes',
  validation: {
    metric: 'validationIou',
    figure: 'iou',
    best: 'bestIou',
    words: 'IoU',
    rises: true,
    places: 3,
    hint: 'Mean over the families of held-out shapes.',
  },
  usage: { data: '<folder> [--data <folder>]', options: '[--first-stage <run folder>]' },
  dataHint:
    'A folder, chosen or dropped here: your own meshes, shapes that "halfspace dataset shapes" made, ShapeNet as Occupancy Networks lay it out, or CvxNet\'s TFRecords.',
  invitation: {
    title: 'Train a network on your shapes',
    text: 'It learns to see convex parts in one picture. Loss and IoU are drawn here while it learns, beside a held-out shape as it sees it; you can pause, stop and resume at any time.',
    begin: 'Begin with a folder of your meshes, or of shapes that "halfspace dataset shapes" made.',
  },
  fields: [
    { path: 'network.parts', label: 'Parts', hint: 'The most convex parts of a shape.' },
    { path: 'network.planes', label: 'Planes per part', hint: 'Half-spaces that bound each part.' },
    {
      path: 'network.encoderWidth',
      label: 'Encoder width',
      hint: 'Multiplies the 64, 128, 256 and 512 channels of ResNet-18: 1 is the published network.',
    },
    {
      path: 'network.inputSize',
      label: 'Input size',
      unit: 'px',
      hint: 'Height and width of the picture.',
    },
    { path: 'batch', label: 'Batch', unit: 'shapes', hint: 'Shapes per step, shared by all workers.' },
    {
      path: 'steps',
      label: 'Steps',
      hint: 'Steps that learn from pictures; those of a first stage without (teacher.steps) come before.',
    },
    { path: 'optimiser.rate', label: 'Rate', hint: "Adam's learning rate after the warm-up." },
    { path: 'seed', label: 'Seed', hint: 'The same configuration, data and seed give the same weights.' },
  ],
};
