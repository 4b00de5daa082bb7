/** Colours per map. */
export const COLOUR_STEPS = 256;

export const COLOUR_MAP_NAMES = ['viridis', 'magma', 'diverging'] as const;
export type ColourMapName = (typeof COLOUR_MAP_NAMES)[number];

/**
 * Anchors at equal distances. Viridis and magma are those of van der Walt and Smith (2015, public domain), every
 * eighth colour: lightness rises evenly in CAM02-UCS. Diverging is straight in OKLab from a near-white grey, L 0.97, to
 * L 0.45 and chroma 0.14 at the hues 255 (blue, below zero) and 35 degrees (red, above).
 */
const ANCHORS: Readonly<Record<ColourMapName, string>> = {
  viridis:
    '440154 470d60 48186a 482374 472d7b 453781 424086 3e4989 3b528b 375b8d 33638d 2f6b8e 2c728e 297a8e 26828e 23898e 21918c 1f978b 1f9f88 21a685 27ad81 31b57b 3dbc74 4cc26c 5cc863 6ece58 81d34d 95d840 aadc32 c0df25 d5e21a eae51a fde725',
  magma:
    '000004 030312 0a0822 130d34 1d1147 29115a 36106b 440f76 51127c 5d177f 6a1c81 762181 832681 902a81 9c2e7f aa337d b73779 c23b75 cf4070 db476a e55064 ee5b5e f4695c f9785d fb8761 fd9668 fea571 feb47b fec287 fed194 fde0a1 fceeb0 fcfdbf',
  diverging:
    '0c54a0 215ea6 3168ac 4072b2 4e7cb7 5b86bd 6990c2 779ac8 84a4cd 92aed2 a0b8d7 aec2dd bccce2 cad6e7 d8e0eb e6ebf0 f5f5f5 f0e8e6 ebdcd8 e6cfca e0c3bb dbb7ad d5ab9f cf9e92 c99284 c38677 bc7a69 b66e5c af624f a85641 a14933 9a3c25 932e14',
};

/** [COLOUR_STEPS * 3] red, green, blue, 0 to 255, from the lowest value to the highest. */
export const COLOUR_MAPS: Readonly<Record<ColourMapName, Uint8Array>> = {
  viridis: tableOf(ANCHORS.viridis),
  magma: tableOf(ANCHORS.magma),
  diverging: tableOf(ANCHORS.diverging),
};

/** The colour at a share of the scale; shares beyond 0 to 1 get the colour of the end. */
export function colourAt(name: ColourMapName, share: number): [red: number, green: number, blue: number] {
  const at = colourIndex(share) * 3;
  const table = COLOUR_MAPS[name];
  return [table[at], table[at + 1], table[at + 2]];
}

/** Index of a share's colour, 0 to COLOUR_STEPS - 1. */
export function colourIndex(share: number): number {
  const kept = Math.min(1, Math.max(0, share));
  return Number.isNaN(kept) ? 0 : Math.round(kept * (COLOUR_STEPS - 1));
}

function tableOf(anchors: string): Uint8Array {
  const colours = anchors
    .split(' ')
    .map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  const table = new Uint8Array(COLOUR_STEPS * 3);
  for (let i = 0; i < COLOUR_STEPS; i++) {
    const along = (i / (COLOUR_STEPS - 1)) * (colours.length - 1);
    const from = Math.min(Math.floor(along), colours.length - 2);
    for (let c = 0; c < 3; c++) {
      const [a, b] = [colours[from][c], colours[from + 1][c]];
      table[i * 3 + c] = Math.round(a + (b - a) * (along - from));
    }
  }
  return table;
}
