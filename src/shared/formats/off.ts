import type { FormatDescriptor } from './types';

export const off = {
  id: 'off',
  name: 'OFF',
  title: 'Object File Format',
  file: 'an OFF mesh',
  extensions: ['off'],
  export: {
    hint: 'CGAL, MeshLab',
    what: "polygons in their part's colour, or the parts' union as one watertight surface",
    upAxis: 'document',
    units: 'stated',
    options: ['separateParts', 'union', 'upAxis'],
    carries: ['bodies', 'names', 'colours'],
  },
} as const satisfies FormatDescriptor;
