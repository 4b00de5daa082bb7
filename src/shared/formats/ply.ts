import type { FormatDescriptor } from './types';

export const ply = {
  id: 'ply',
  name: 'PLY',
  title: 'PLY',
  file: 'a PLY file',
  extensions: ['ply'],
  read: [
    { as: 'mesh', name: 'PLY (ASCII, binary)', upAxis: 'z' },
    { as: 'points', name: 'PLY with normals', upAxis: 'z' },
  ],
  export: {
    hint: 'Research tools',
    what: "binary polygons, each with its part's index, or their union as one watertight surface",
    upAxis: 'document',
    units: 'stated',
    options: ['separateParts', 'union', 'upAxis'],
    carries: ['bodies', 'names', 'colours'],
  },
} as const satisfies FormatDescriptor;
