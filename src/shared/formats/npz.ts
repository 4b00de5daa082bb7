import type { FormatDescriptor } from './types';

export const npz = {
  id: 'npz',
  name: 'NPZ',
  title: 'NumPy archive',
  file: 'a NumPy archive',
  extensions: ['npz'],
  read: [
    { as: 'points', name: '`points.npz`', what: "Occupancy Networks' labelled points", upAxis: 'y' },
    { as: 'collection', name: 'dSprites `.npz`' },
  ],
} as const satisfies FormatDescriptor;
