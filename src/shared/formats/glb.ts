import type { FormatDescriptor } from './types';

export const glb = {
  id: 'glb',
  name: 'GLB',
  title: 'Binary glTF',
  file: 'a glTF scene',
  extensions: ['glb'],
  read: [{ as: 'mesh', upAxis: 'y' }],
  export: {
    hint: 'Game engines, Blender, web',
    what: 'a node per part, flat-shaded, or their union',
    upAxis: 'y',
    units: 'defined',
    options: ['union', 'includeVisual', 'upAxis'],
    carries: ['bodies', 'names', 'colours', 'visual'],
  },
} as const satisfies FormatDescriptor;
