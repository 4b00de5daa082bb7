import type { FormatDescriptor } from './types';

export const safetensors = {
  id: 'safetensors',
  name: 'safetensors',
  title: 'Model',
  file: 'a model',
  extensions: ['safetensors'],
  read: [{ as: 'model', name: '`.safetensors`' }],
} as const satisfies FormatDescriptor;
