import type { FormatDescriptor } from './types';

export const gltf = {
  id: 'gltf',
  name: 'glTF',
  title: 'glTF',
  file: 'a glTF scene',
  extensions: ['gltf'],
  read: [{ as: 'mesh', upAxis: 'y' }],
} as const satisfies FormatDescriptor;
