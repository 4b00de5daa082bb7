import { add, div, mean, relu, sub, tensor1d, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import type { Pass } from '../../network/pass';
import { residualBlocks, type BlockSpec } from '../../network/residual';
import { encoderDense, STEM } from './layout';
import {
  maskedBy,
  tracedConvolution,
  tracedDense,
  tracedFlatten,
  tracedMean,
  tracedNormalised,
  tracedRelu,
  type Traced,
} from './traced';
import type { Upstream } from './upstream';

/** One of the encoder's maps, [N, h, w, K], before and after its ReLU. */
export interface TracedMap {
  readonly pre: Tensor4D;
  readonly post: Tensor4D;
}

export interface TracedEncoder {
  /** In the order of encoderLayers. */
  readonly maps: readonly TracedMap[];
  /** [N, D] */
  readonly mu: Tensor;
  /** [N, D] */
  readonly logvar: Tensor;
  /**
   * What upstreams [repeats * N or repeats, D] of mu and logvar (null for none) make of the map at `layer`, after its
   * ReLU: gradients [repeats * N, h, w, K], or [repeats, h, w, K] where they are the same for every picture.
   */
  pull(layer: number, mu: Upstream, logvar: Upstream | null): Upstream;
  /** The mean of the same over the pixels, [repeats * N, K] or [repeats, K]: less work than all of it. */
  pullMean(layer: number, mu: Upstream, logvar: Upstream | null): Upstream;
}

/** Pictures [N, H, W, C] in 0..1 to the two heads, with the way back to every map. */
export function traceEncoder(network: VaeNetwork, pass: Pass, images: Tensor4D): TracedEncoder {
  return traceFrom(network, pass, standardised(network, images), 0);
}

/** The encoder above a map: its values after their ReLU at `layer`, [N, h, w, K], to the two heads, [N, D]. */
export function encodeFromMap(
  network: VaeNetwork,
  pass: Pass,
  map: Tensor4D,
  layer: number,
): { readonly mu: Tensor; readonly logvar: Tensor } {
  return traceFrom(network, pass, map, layer + 1);
}

function traceFrom(network: VaeNetwork, pass: Pass, start: Tensor4D, from: number): TracedEncoder {
  const maps: TracedMap[] = [];
  const between: Traced[] = [];
  let features = start;
  for (const stage of stages(network).slice(from)) {
    const { value: pre, pull, pullMean } = stage(pass, features);
    features = relu(pre);
    maps.push({ pre, post: features });
    between.push({
      value: pre,
      pull: (upstream) => pull(maskedBy(pre, upstream)),
      pullMean: pullMean && ((upstream) => pullMean(maskedBy(pre, upstream))),
    });
  }

  const upper: Traced[] = [
    network.encoder.kind === 'resnet18' ? tracedMean(features) : tracedFlatten(features),
  ];
  const top = (): Tensor => upper[upper.length - 1].value;
  for (const { name, relu: isRectified } of encoderDense(network)) {
    upper.push(tracedDense(pass, name, top()));
    if (isRectified) upper.push(tracedRelu(top()));
  }
  const mu = tracedDense(pass, 'encoder/mu', top());
  const logvar = tracedDense(pass, 'encoder/logvar', top());

  /** From the heads to the last map. */
  const atTop = (forMu: Upstream, forLogvar: Upstream | null): Upstream => {
    const heads = forLogvar === null ? mu.pull(forMu) : sum(mu.pull(forMu), logvar.pull(forLogvar));
    return pullThrough(upper, heads);
  };

  return {
    maps,
    mu: mu.value,
    logvar: logvar.value,
    pull: (layer, forMu, forLogvar) => pullThrough(between.slice(layer + 1), atTop(forMu, forLogvar)),
    pullMean: (layer, forMu, forLogvar) => {
      const [next, ...above] = between.slice(layer + 1);
      if (next?.pullMean === undefined) {
        return meanOverPixels(pullThrough(between.slice(layer + 1), atTop(forMu, forLogvar)));
      }
      return next.pullMean(pullThrough(above, atTop(forMu, forLogvar)));
    },
  };
}

/** From map to map, each before its ReLU. */
function stages({ encoder }: VaeNetwork): ((pass: Pass, x: Tensor4D) => Traced<Tensor4D>)[] {
  if (encoder.kind === 'convolutions') {
    return encoder.layers.map(
      (layer, i) => (pass, x) => tracedConvolution(pass, `encoder/conv${i + 1}`, x, layer),
    );
  }
  return [
    (pass, x) => tracedNormalised(pass, 'encoder/stem', x, STEM),
    ...residualBlocks(encoder.width).map((block) => (pass: Pass, x: Tensor4D) => tracedBlock(pass, block, x)),
  ];
}

function pullThrough(layers: readonly Traced[], upstream: Upstream): Upstream {
  return layers.reduceRight((values, { pull }) => pull(values), upstream);
}

function meanOverPixels({ values, repeats }: Upstream): Upstream {
  return { values: mean(values, [1, 2]), repeats };
}

function standardised({ standardise, channels }: VaeNetwork, images: Tensor4D): Tensor4D {
  if (images.shape[3] !== channels) {
    throw new Error(`The network takes ${channels} channels, the pictures have ${images.shape[3]}.`);
  }
  if (standardise === null) return images;
  return div(sub(images, tensor1d(standardise.mean)), tensor1d(standardise.deviation)) as Tensor4D;
}

/** A basic block up to the ReLU at its end. */
function tracedBlock(pass: Pass, { name, stride, projected }: BlockSpec, x: Tensor4D): Traced<Tensor4D> {
  const first = tracedNormalised(pass, `${name}/conv1`, x, { stride, padding: 1 });
  const inner = tracedRelu(first.value);
  const second = tracedNormalised(pass, `${name}/conv2`, inner.value, { stride: 1, padding: 1 });
  const shortcut = projected
    ? tracedNormalised(pass, `${name}/shortcut`, x, { stride, padding: 0 })
    : { value: x, pull: (upstream: Upstream) => upstream };
  return {
    value: add(second.value, shortcut.value) as Tensor4D,
    pull: (upstream) => sum(first.pull(inner.pull(second.pull(upstream))), shortcut.pull(upstream)),
  };
}

/** Of two upstreams of the same pictures. */
function sum(a: Upstream, b: Upstream): Upstream {
  return { values: add(a.values, b.values), repeats: a.repeats };
}
