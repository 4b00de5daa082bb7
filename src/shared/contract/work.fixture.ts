import type { HalfspaceDocument } from '../document/types';
import { boxPart } from '../shape/box.fixture';
import type { FitResult, OpenedSource } from './jobs';
import type { InspectedImage, Reconstruction } from './learning';

/**
 * Work as the engine answers it, and the document that has to come of it wherever it was done. Window and command line
 * are each tested against the same expectation, so that neither can write another document than the other.
 */
export const MUG = {
  file: 'mug.v2.obj',
  opened: {
    reference: { name: 'mug.v2.obj', kind: 'mesh', sha256: 'c'.repeat(64), byteLength: 9 },
    frame: { origin: [0, 0.1, 0], metresPerUnit: 0.3, upAxis: 'z' },
    ghost: { positions: new Float32Array(9), indices: new Uint32Array([0, 1, 2]) },
    facts: { vertices: 8, triangles: 12, openEdges: 0, volume: 1, size: [1, 1, 1] },
    samples: { points: new Float32Array(3), inside: new Uint8Array(1) },
    notes: [],
  } satisfies OpenedSource,
  fit: {
    shape: { parts: [boxPart(0, [0, 0, 0], [0.1, 0.2, 0.3])], sharpness: 120 },
    figures: {
      iou: 0.95,
      smoothIou: 0.94,
      chamferL1: 0.01,
      fScore: 90,
      partCount: 1,
      totalPlanes: 6,
      totalVertices: 8,
      unionVolume: 1,
      sumOfVolumes: 1,
      uncoveredVolume: 0,
    },
    steps: 100,
    stopped: 'converged',
    backend: 'wasm',
    secondsPerStage: {},
  } satisfies FitResult,
};

export const PICTURE = {
  file: 'chair.front.jpg',
  bytes: 12,
  box: { x: 3, y: 4, width: 20, height: 30 },
  seen: {
    name: 'chair.front.jpg',
    sha256: 'a'.repeat(64),
    input: 'rgb',
    picture: { width: 1, height: 1, rgba: new Uint8Array(4) },
    width: 1,
    height: 1,
    mask: new Uint8Array([255]),
    maskFrom: 'box',
    camera: null,
    notes: [],
  } satisfies InspectedImage,
  made: {
    shape: { parts: [boxPart(3, [0.1, 0, 0], [0.1, 0.1, 0.1], { id: 'part-04' })], sharpness: 75 },
    latent: [0.5],
    model: { name: 'rgb', sha256: 'b'.repeat(64), input: 'rgb' },
    frame: { origin: [0, 0, 0], metresPerUnit: 0.8, upAxis: 'y' },
    metric: false,
    cameraToShape: null,
    observed: null,
    refined: false,
    seen: { width: 1, height: 1, rgba: new Uint8Array(4) },
    backend: 'wasm',
    secondsPerStage: {},
    notes: [],
  } satisfies Reconstruction,
};

export const FITTED_MUG: HalfspaceDocument = {
  id: '',
  name: 'mug.v2',
  frame: MUG.opened.frame,
  sharpness: 120,
  parts: MUG.fit.shape.parts,
  source: MUG.opened.reference,
  recipe: {
    method: 'fit',
    seed: 1,
    options: { parts: 24, planes: 16, steps: 1000, pointsPerStep: 2048 },
    modelHash: null,
    backend: 'wasm',
    createdAt: '',
  },
  adoptedParts: MUG.fit.shape.parts,
  journal: [{ command: 'part.fit', title: 'Fit parts', at: '' }],
};

export const RECONSTRUCTED_CHAIR: HalfspaceDocument = {
  id: '',
  name: 'chair.front',
  frame: PICTURE.made.frame,
  sharpness: 75,
  parts: PICTURE.made.shape.parts,
  source: { name: 'chair.front.jpg', kind: 'image', sha256: 'a'.repeat(64), byteLength: 12 },
  recipe: {
    method: 'reconstruct',
    seed: 1,
    options: {
      model: 'rgb',
      input: 'rgb',
      refined: false,
      boxX: 3,
      boxY: 4,
      boxWidth: 20,
      boxHeight: 30,
    },
    modelHash: 'b'.repeat(64),
    backend: 'wasm',
    createdAt: '',
  },
  adoptedParts: PICTURE.made.shape.parts,
  journal: [{ command: 'reconstruct.accept', title: 'Accept the reconstruction', at: '' }],
};

/** A document without what is never the same twice: its id and the times. */
export function timeless(document: HalfspaceDocument): HalfspaceDocument {
  return {
    ...document,
    id: '',
    recipe: document.recipe && { ...document.recipe, createdAt: '' },
    journal: document.journal.map((record) => ({ ...record, at: '' })),
  };
}
