import { renderShape, type PictureOrder } from './shape-picture';

self.addEventListener('message', ({ data }: MessageEvent<PictureOrder & { readonly id: number }>) => {
  self.postMessage({ id: data.id, rgba: renderShape(data) });
});
