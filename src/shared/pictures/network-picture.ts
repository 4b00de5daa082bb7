import type { DatasetPicture } from '../dataset/pictures';
import { resizePicture } from './resize';

/** What a network takes. */
type PictureSize = Pick<DatasetPicture, 'width' | 'height' | 'channels'>;

/** A picture at a network's size and channels: colour becomes grey by Rec. 601, grey is repeated per channel. */
export function toNetworkPicture(picture: DatasetPicture, size: PictureSize): DatasetPicture {
  const { channels } = size;
  return resizePicture({ ...picture, channels, pixels: withChannels(picture, channels) }, size);
}

function withChannels({ channels, pixels }: DatasetPicture, wanted: 1 | 3): Uint8Array {
  if (channels === wanted) return pixels;
  if (wanted === 1) {
    return Uint8Array.from({ length: pixels.length / 3 }, (_, i) =>
      Math.round(0.299 * pixels[i * 3] + 0.587 * pixels[i * 3 + 1] + 0.114 * pixels[i * 3 + 2]),
    );
  }
  return Uint8Array.from({ length: pixels.length * 3 }, (_, i) => pixels[Math.floor(i / 3)]);
}
