import type { EncoderLayer } from '../../../../shared/contract/explain';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import { fail, ok, type Result } from '../../../../shared/result';
import { blockSpecs, lastWidth, residualBlocks } from '../../network/residual';
import {
  denseSpecs,
  kernelAndBias,
  kernelAndNorm,
  type DenseSpec,
  type WeightSpec,
} from '../../network/weights';

/** Height, width and channels. */
export type MapSize = readonly [number, number, number];

/** The stem of the residual encoder: 3 x 3 with stride 2, padding 1. */
export const STEM = { kernel: 3, stride: 2, padding: 1 } as const;

interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Pixels along one side after a convolution; rows that do not fill a stride are left out, as in PyTorch. */
export function convolvedSize(size: number, { kernel, stride, padding }: Window): number {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}

/** Pixels along one side after a transposed convolution. */
export function transposedSize(size: number, { kernel, stride, padding }: Window): number {
  return (size - 1) * stride - 2 * padding + kernel;
}

/** The maps that the encoder offers for attention, in order: of each convolution, or of the stem and each block. */
export function encoderLayers({ height, width, encoder }: VaeNetwork): EncoderLayer[] {
  const layers: EncoderLayer[] = [];
  let size = { height, width };
  const push = (name: string, window: Window, channels: number): void => {
    size = { height: convolvedSize(size.height, window), width: convolvedSize(size.width, window) };
    layers.push({ name, ...size, channels });
  };
  if (encoder.kind === 'convolutions') {
    encoder.layers.forEach((layer, i) => push(`conv${i + 1}`, layer, layer.filters));
    return layers;
  }
  push('stem', STEM, encoder.width);
  for (const { name, stride, outputs } of residualBlocks(encoder.width)) {
    push(name.replace('encoder/', '').replace('/', '.'), { kernel: 3, stride, padding: 1 }, outputs);
  }
  return layers;
}

/** A map by its name, and its place among encoderLayers. A map of one pixel has no place to look at. */
export function findLayer(
  network: VaeNetwork,
  name: string,
): Result<{ readonly index: number; readonly layer: EncoderLayer }> {
  const layers = encoderLayers(network);
  const index = layers.findIndex((each) => each.name === name);
  if (index < 0) {
    const names = layers.map((layer) => layer.name).join(', ');
    return fail({
      code: 'unknown-layer',
      message: `The encoder has no layer named "${name}".`,
      hint: `It has ${names}.`,
    });
  }
  const layer = layers[index];
  if (layer.height * layer.width > 1) return ok({ index, layer });
  return fail({
    code: 'layer-without-extent',
    message: `The encoder's layer "${name}" is one pixel, so its map would show no place.`,
    hint: 'Choose an earlier layer.',
  });
}

/** The maps of the decoder: what the dense layers give, then after each transposed convolution. */
export function decoderSizes({ decoder }: VaeNetwork): MapSize[] {
  const { height, width, channels } = decoder.start;
  const sizes: MapSize[] = [[height, width, channels]];
  for (const layer of decoder.layers) {
    const [rows, columns] = sizes[sizes.length - 1];
    sizes.push([transposedSize(rows, layer), transposedSize(columns, layer), layer.filters]);
  }
  return sizes;
}

/** The encoder's dense layers without its heads. */
export function encoderDense({ height, width, encoder }: VaeNetwork): (DenseSpec & { relu: boolean })[] {
  if (encoder.kind === 'resnet18') return [];
  const map = encoder.layers.reduce(
    (size, layer) => ({
      height: convolvedSize(size.height, layer),
      width: convolvedSize(size.width, layer),
      channels: layer.filters,
    }),
    { height, width, channels: 0 },
  );
  let count = map.height * map.width * map.channels;
  return encoder.hidden.map(({ width: outputs, relu }, i) => {
    const spec = { name: `encoder/dense${i + 1}`, inputs: count, outputs, relu };
    count = outputs;
    return spec;
  });
}

export function decoderDense({ latent, decoder }: VaeNetwork): DenseSpec[] {
  return decoder.hidden.map((outputs, i) => ({
    name: `decoder/dense${i + 1}`,
    inputs: i === 0 ? latent : decoder.hidden[i - 1],
    outputs,
  }));
}

/** Every weight in a fixed order: that of checkpoints, of the optimiser and of the seeded start. */
export function vaeSpecs(network: VaeNetwork): WeightSpec[] {
  const { latent, encoder, decoder } = network;
  const layers = encoderLayers(network);
  const last = layers[layers.length - 1];
  const flat =
    encoder.kind === 'resnet18' ? lastWidth(encoder.width) : last.height * last.width * last.channels;
  const hidden = encoderDense(network);
  const features = hidden.at(-1)?.outputs ?? flat;
  return [
    ...convolutions(network),
    ...hidden.flatMap(denseSpecs),
    ...['encoder/mu', 'encoder/logvar'].flatMap((name) =>
      denseSpecs({ name, inputs: features, outputs: latent }),
    ),
    ...decoderDense(network).flatMap(denseSpecs),
    ...decoder.layers.flatMap(({ filters, kernel }, i) => {
      const inputs = i === 0 ? decoder.start.channels : decoder.layers[i - 1].filters;
      const shape = [kernel, kernel, filters, inputs];
      const isNormalised = decoder.batchNorm && i < decoder.layers.length - 1;
      return (isNormalised ? kernelAndNorm : kernelAndBias)(`decoder/conv${i + 1}`, shape, filters);
    }),
  ];
}

function convolutions({ channels, encoder }: VaeNetwork): WeightSpec[] {
  if (encoder.kind === 'resnet18') {
    const { width } = encoder;
    return [
      ...kernelAndNorm('encoder/stem', [STEM.kernel, STEM.kernel, channels, width], width),
      ...residualBlocks(width).flatMap(blockSpecs),
    ];
  }
  return encoder.layers.flatMap(({ filters, kernel }, i) => {
    const inputs = i === 0 ? channels : encoder.layers[i - 1].filters;
    return kernelAndBias(`encoder/conv${i + 1}`, [kernel, kernel, inputs, filters], filters);
  });
}
