import type { FormatDescriptor } from './types';

export const npy = {
  id: 'npy',
  name: 'NPY',
  title: 'NumPy array',
  file: 'a NumPy array',
  extensions: ['npy'],
  read: [{ as: 'depth' }],
} as const satisfies FormatDescriptor;
