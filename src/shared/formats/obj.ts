import type { FormatDescriptor } from './types';

export const obj = {
  id: 'obj',
  name: 'OBJ',
  title: 'Wavefront OBJ',
  file: 'an OBJ mesh',
  extensions: ['obj'],
  read: [{ as: 'mesh', upAxis: 'y' }],
  export: {
    hint: 'Any tool',
    what: 'polygons, an object per part, or their union as one watertight surface',
    upAxis: 'document',
    units: 'convention',
    options: ['separateParts', 'union', 'upAxis'],
    carries: ['bodies', 'names'],
  },
} as const satisfies FormatDescriptor;
