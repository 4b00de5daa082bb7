import type { FormatDescriptor } from './types';

export const jpeg = {
  id: 'jpeg',
  name: 'JPEG',
  title: 'JPEG image',
  file: 'a JPEG image',
  extensions: ['jpg', 'jpeg'],
  read: [{ as: 'picture' }, { as: 'collected-picture' }],
} as const satisfies FormatDescriptor;
