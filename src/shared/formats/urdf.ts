import type { FormatDescriptor } from './types';

export const urdf = {
  id: 'urdf',
  name: 'URDF',
  title: 'URDF',
  file: 'a URDF robot',
  extensions: ['urdf'],
  export: {
    hint: 'ROS, Gazebo, Isaac, PyBullet',
    what: 'one link, one named collision mesh per part, explicit inertia',
    upAxis: 'z',
    units: 'defined',
    options: ['includeVisual', 'density', 'upAxis'],
    carries: ['bodies', 'names', 'mass', 'colliders', 'visual'],
    beside: { name: (stem) => `${stem}_meshes`, words: (name) => `their meshes in ${name}` },
  },
} as const satisfies FormatDescriptor;
