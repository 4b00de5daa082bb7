import type { FormatDescriptor } from './types';

export const json = {
  id: 'json',
  name: 'JSON',
  title: 'JSON file',
  file: 'a JSON file',
  extensions: ['json'],
  read: [
    { as: 'camera', name: '`.camera.json`' },
    { as: 'configuration', name: '`.json`' },
  ],
  save: [
    { as: 'drawing', what: 'half-planes and polygons of a flat fit' },
    { as: 'configuration', what: "a training run's configuration" },
  ],
} as const satisfies FormatDescriptor;
