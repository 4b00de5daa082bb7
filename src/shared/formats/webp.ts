import type { FormatDescriptor } from './types';

export const webp = {
  id: 'webp',
  name: 'WebP',
  title: 'WebP image',
  file: 'a WebP image',
  extensions: ['webp'],
  read: [{ as: 'picture' }, { as: 'collected-picture' }],
} as const satisfies FormatDescriptor;
