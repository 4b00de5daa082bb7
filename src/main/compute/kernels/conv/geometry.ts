import { backend_util, slice, type Tensor4D } from '@tensorflow/tfjs-core';

/** The attributes that TensorFlow.js hands to both gradient kernels of a convolution. */
export interface ConvAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4D = [number, number, number, number];

/** Sizes, strides and padding before the first row and column of a convolution without dilation. */
export function convGeometry(inputShape: Shape4D, filterShape: Shape4D, attributes: ConvAttributes) {
  if (attributes.dataFormat !== 'NHWC') throw new Error('Gradients of a convolution take NHWC only.');
  const { strides, pad: padding, dimRoundingMode } = attributes;
  const info = backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, padding, dimRoundingMode);
  return {
    height: {
      input: info.inHeight,
      output: info.outHeight,
      stride: info.strideHeight,
      taps: info.filterHeight,
    },
    width: { input: info.inWidth, output: info.outWidth, stride: info.strideWidth, taps: info.filterWidth },
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
}

/** Drops the last rows and columns where `bottom` or `right` is negative: rows that the convolution never sees. */
export function cropEnd(images: Tensor4D, bottom: number, right: number): Tensor4D {
  if (bottom >= 0 && right >= 0) return images;
  const [batch, height, width, channels] = images.shape;
  return slice(
    images,
    [0, 0, 0, 0],
    [batch, height + Math.min(bottom, 0), width + Math.min(right, 0), channels],
  );
}

/** Drops the first rows and columns. */
export function cropStart(images: Tensor4D, top: number, left: number): Tensor4D {
  return top === 0 && left === 0 ? images : slice(images, [0, top, left, 0], [-1, -1, -1, -1]);
}

/** Explicit padding as conv2d takes it, without what cropEnd has taken away. */
export function explicitPadding(top: number, bottom: number, left: number, right: number) {
  const padding: backend_util.ExplicitPadding = [
    [0, 0],
    [top, Math.max(bottom, 0)],
    [left, Math.max(right, 0)],
    [0, 0],
  ];
  return padding;
}
