import type { FormatDescriptor } from './types';

export const stl = {
  id: 'stl',
  name: 'STL',
  title: 'STL',
  file: 'an STL mesh',
  extensions: ['stl'],
  read: [{ as: 'mesh', name: 'STL (ASCII, binary)', upAxis: 'z' }],
  export: {
    hint: 'Printing and CAD',
    what: 'binary triangles of all parts, or their union; names, unit and axis in a JSON file beside it',
    upAxis: 'document',
    units: 'beside',
    options: ['separateParts', 'union', 'upAxis'],
    carries: ['bodies', 'names'],
    beside: {
      name: (stem) => `${stem}.stl.json`,
      words: (name) => `${name} with the names that STL cannot hold`,
    },
  },
} as const satisfies FormatDescriptor;
