import type { Picture } from '../../../shared/contract/inputs';
import type { ConvexShape } from '../../../shared/shape/types';
import type { PictureOrder } from './shape-picture';

interface Answer {
  readonly id: number;
  readonly rgba: Uint8Array;
}

let worker: Worker | null = null;
let nextId = 1;
const waiting = new Map<number, (rgba: Uint8Array) => void>();
/** By shape, then by what is highlighted: a shape never changes, and its pictures go when it goes. */
const drawn = new WeakMap<ConvexShape, Map<string, Promise<Picture>>>();

/** A small picture of a shape, rendered once, beside the window's thread. */
export function pictureOf(shape: ConvexShape, order: Omit<PictureOrder, 'parts'>): Promise<Picture> {
  let ofShape = drawn.get(shape);
  if (!ofShape) drawn.set(shape, (ofShape = new Map()));
  const key = `${order.highlighted} ${order.upAxis} ${order.size}`;
  let picture = ofShape.get(key);
  if (!picture) ofShape.set(key, (picture = draw({ ...order, parts: shape.parts })));
  return picture;
}

async function draw(order: PictureOrder): Promise<Picture> {
  if (!worker) {
    worker = new Worker(new URL('./picture-worker.ts', import.meta.url), {
      type: 'module',
      name: 'pictures',
    });
    worker.addEventListener('message', ({ data: { id, rgba } }: MessageEvent<Answer>) => {
      waiting.get(id)?.(rgba);
      waiting.delete(id);
    });
  }
  const id = nextId++;
  const answer = new Promise<Uint8Array>((resolve) => waiting.set(id, resolve));
  worker.postMessage({ ...order, id });
  return { width: order.size, height: order.size, rgba: await answer };
}
