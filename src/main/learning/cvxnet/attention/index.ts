export { attentionLayer, attentionLayers, type AttentionLayer } from './layers';
export { partAttention, type PartTarget } from './part-attention';
export { partSurface, type PartSurface } from './surface';
