import type { FormatDescriptor } from './types';

export const exr = {
  id: 'exr',
  name: 'EXR',
  title: 'OpenEXR image',
  file: 'an OpenEXR image',
  extensions: ['exr'],
  read: [{ as: 'depth' }],
} as const satisfies FormatDescriptor;
