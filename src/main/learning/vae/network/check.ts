import type { VaeNetwork } from '../../../../shared/recipes/vae';
import { fail, ok, type Result } from '../../../../shared/result';
import { decoderSizes, encoderLayers, vaeSpecs } from './layout';

/** 1 GiB of float32. */
const MOST_WEIGHTS = 2 ** 28;
/** Values of one picture's largest map: 256 MiB of float32. */
const MOST_VALUES = 2 ** 26;

/** The network, or which field of its configuration cannot be. */
export function checkVaeNetwork(network: VaeNetwork): Result<VaeNetwork> {
  const problem = firstProblem(network);
  if (problem === null) return ok(network);
  const { field, says, hint } = problem;
  return fail({ code: 'bad-network', message: `The network's ${field} ${says}.`, hint });
}

interface FieldProblem {
  readonly field: string;
  readonly says: string;
  readonly hint: string;
}

function firstProblem(network: VaeNetwork): FieldProblem | null {
  return (
    standardiseProblem(network) ?? encoderProblem(network) ?? decoderProblem(network) ?? sizeProblem(network)
  );
}

function standardiseProblem({ standardise, channels }: VaeNetwork): FieldProblem | null {
  if (standardise === null) return null;
  for (const name of ['mean', 'deviation'] as const) {
    if (standardise[name].length === channels) continue;
    return {
      field: `standardise.${name}`,
      says: `has ${standardise[name].length} values for pictures of ${channels} channels`,
      hint: 'Give one value per channel.',
    };
  }
  return null;
}

function encoderProblem(network: VaeNetwork): FieldProblem | null {
  const { encoder } = network;
  if (encoder.kind === 'convolutions') {
    const wide = encoder.layers.findIndex(({ kernel, padding }) => padding >= kernel);
    if (wide >= 0) return paddingProblem(`encoder.layers[${wide}]`);
  }
  const gone = encoderLayers(network).findIndex(({ height, width }) => height < 1 || width < 1);
  if (gone < 0) return null;
  return {
    field: encoder.kind === 'convolutions' ? `encoder.layers[${gone}]` : 'height',
    says: `leaves nothing of pictures of ${network.height} x ${network.width}`,
    hint: 'Use fewer layers, smaller strides or larger pictures.',
  };
}

function decoderProblem(network: VaeNetwork): FieldProblem | null {
  const { decoder, height, width, channels, latent } = network;
  const { start } = decoder;
  const needed = start.height * start.width * start.channels;
  const given = decoder.hidden.at(-1) ?? latent;
  if (given !== needed) {
    return {
      field: decoder.hidden.length > 0 ? `decoder.hidden[${decoder.hidden.length - 1}]` : 'decoder.start',
      says: `does not fit: ${given} values for a map of ${start.height} x ${start.width} x ${start.channels}, which are ${needed}`,
      hint: 'The last hidden width must be the number of values of the first map.',
    };
  }
  const wide = decoder.layers.findIndex(({ kernel, padding }) => padding >= kernel);
  if (wide >= 0) return paddingProblem(`decoder.layers[${wide}]`);
  const sizes = decoderSizes(network);
  const gone = sizes.findIndex(([rows, columns]) => rows < 1 || columns < 1);
  if (gone > 0) {
    return {
      field: `decoder.layers[${gone - 1}]`,
      says: 'leaves nothing of its map',
      hint: 'Use less padding or a larger kernel.',
    };
  }
  const [rows, columns, colours] = sizes[sizes.length - 1];
  if (rows === height && columns === width && colours === channels) return null;
  return {
    field: 'decoder.layers',
    says: `give ${rows} x ${columns} x ${colours}, but pictures are ${height} x ${width} x ${channels}`,
    hint: 'A transposed convolution gives (size - 1) * stride - 2 * padding + kernel pixels.',
  };
}

function sizeProblem(network: VaeNetwork): FieldProblem | null {
  const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
  const weights = vaeSpecs(network).reduce((total, { shape }) => total + product(shape), 0);
  if (weights > MOST_WEIGHTS) {
    return {
      field: 'layers',
      says: `have ${weights} weights, and ${MOST_WEIGHTS} are the most`,
      hint: 'Use fewer or narrower layers.',
    };
  }
  const maps = [
    ...encoderLayers(network).map(({ height, width, channels }) => height * width * channels),
    ...decoderSizes(network).map(product),
  ];
  const largest = Math.max(...maps);
  if (largest <= MOST_VALUES) return null;
  return {
    field: 'layers',
    says: `have a map of ${largest} values, and ${MOST_VALUES} are the most`,
    hint: 'Use fewer filters, larger strides or smaller pictures.',
  };
}

function paddingProblem(field: string): FieldProblem {
  return {
    field: `${field}.padding`,
    says: 'is not smaller than the kernel',
    hint: 'Such a layer would see nothing but padding at the border.',
  };
}
