/** Black-and-white pictures of one size, each kept as the bits of the box around what is white. */
export interface BitStore {
  readonly count: number;
  /** Bytes in memory. */
  readonly bytes: number;
  /** @param pixels [size * size] 0 or not */
  add(pixels: Uint8Array): void;
  /** [size * size] 0 or 255 */
  get(index: number): Uint8Array;
}

const BLOCK = 1 << 20;

/**
 * dSprites' 737,280 pictures of 64 x 64 take 3 GB as bytes and about 45 MB here, because a sprite covers a small part
 * of its picture.
 * @param size pixels of a side, at most 256
 * @param most how many pictures there will be
 */
export function createBitStore(size: number, most: number): BitStore {
  const places = new Float64Array(most);
  // Left, top, width and height, less one where they cannot be 0.
  const boxes = new Uint8Array(most * 4);
  const blocks: Uint8Array[] = [];
  let used = BLOCK;
  let count = 0;
  return {
    get count() {
      return count;
    },
    get bytes() {
      return blocks.length * BLOCK + places.byteLength + boxes.byteLength;
    },
    add: (pixels) => {
      const box = boxOf(pixels, size);
      const length = box ? Math.ceil((box.width * box.height) / 8) : 0;
      if (used + length > BLOCK) {
        blocks.push(new Uint8Array(BLOCK));
        used = 0;
      }
      places[count] = box ? (blocks.length - 1) * BLOCK + used : -1;
      if (box) {
        boxes.set([box.left, box.top, box.width - 1, box.height - 1], count * 4);
        const block = blocks[blocks.length - 1];
        for (let y = 0, bit = used * 8; y < box.height; y++) {
          const row = (box.top + y) * size + box.left;
          for (let x = 0; x < box.width; x++, bit++) {
            if (pixels[row + x] !== 0) block[bit >> 3] |= 128 >> (bit & 7);
          }
        }
      }
      used += length;
      count++;
    },
    get: (index) => {
      const pixels = new Uint8Array(size * size);
      const place = places[index];
      if (place < 0) return pixels;
      const [left, top, width, height] = boxes.subarray(index * 4, index * 4 + 4);
      const block = blocks[Math.floor(place / BLOCK)];
      for (let y = 0, bit = (place % BLOCK) * 8; y <= height; y++) {
        for (let x = 0; x <= width; x++, bit++) {
          if (block[bit >> 3] & (128 >> (bit & 7))) pixels[(top + y) * size + left + x] = 255;
        }
      }
      return pixels;
    },
  };
}

/** The box around what is not 0; null for an empty picture. */
function boxOf(pixels: Uint8Array, size: number) {
  let top = -1;
  let bottom = -1;
  let left = size;
  let right = -1;
  for (let y = 0; y < size; y++) {
    const row = pixels.subarray(y * size, (y + 1) * size);
    let first = 0;
    while (first < size && row[first] === 0) first++;
    if (first === size) continue;
    let last = size - 1;
    while (row[last] === 0) last--;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, first);
    right = Math.max(right, last);
  }
  return top < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}
