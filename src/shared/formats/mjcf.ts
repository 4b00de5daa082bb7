import type { FormatDescriptor } from './types';

export const mjcf = {
  id: 'mjcf',
  name: 'MJCF',
  title: 'MuJoCo model',
  file: 'a MuJoCo model',
  extensions: ['xml'],
  export: {
    hint: 'MuJoCo',
    what: 'one file with inline meshes, one geom per part, explicit inertia',
    upAxis: 'z',
    units: 'defined',
    options: ['includeVisual', 'density', 'upAxis'],
    carries: ['bodies', 'names', 'colours', 'mass', 'colliders', 'visual'],
  },
} as const satisfies FormatDescriptor;
