import { join } from 'node:path';
import { CANCELLED } from '../../../../shared/contract/job-client';
import type { WrittenFile } from '../../../../shared/contract/jobs';
import { createDocument } from '../../../../shared/document/build';
import { DEFAULT_FRAME } from '../../../../shared/document/fields';
import { fail, ok } from '../../../../shared/result';
import { writeFileAtomic } from '../../../files/atomic';
import { encodePng, renderParts } from '../../../files/image/render-parts';
import { documentBodies } from '../../../files/write/bodies';
import { writeGlb } from '../../../files/write/formats/glb';
import { openNetwork } from '../../models/networks';
import type { Job } from '../../service/job';
import { checkLatent } from '../../observation/look';
import { codeFor } from './code';

/** Pictures in the strip at most, and the sides of one, pixels. */
const STRIP_PICTURES = 12;
const WIDTH = 200;
const HEIGHT = 160;

/**
 * Writes the shapes along a path of codes, straight from station to station: frame-001.glb and so on, a node per part,
 * and strip.png with pictures of some of them side by side.
 */
export const interpolateJob: Job<'interpolate'> = {
  kind: 'interpolate',
  run: async ({ model, latents, frames, destination }, environment, context) => {
    const folder = environment.grants.resolve(destination, 'write');
    if (!folder.ok) return folder;
    const network = await openNetwork(model, environment);
    if (!network.ok) return network;
    const stations: Float32Array[] = [];
    for (const latent of latents) {
      const code = codeFor(network.value, latent);
      if (!code.ok) return code;
      const finite = checkLatent(code.value);
      if (!finite.ok) return finite;
      stations.push(code.value);
    }
    const files: WrittenFile[] = [];
    const pictures: Uint8Array[] = [];
    const inStrip = stripFrames(frames);
    const digits = Math.max(3, String(frames).length);
    for (let frame = 0; frame < frames; frame++) {
      if (context.signal.aborted) return fail(CANCELLED);
      const [{ shape }] = await network.value.decode(codeAt(stations, frame / (frames - 1)));
      context.preview(() => shape);
      const name = `frame-${String(frame + 1).padStart(digits, '0')}`;
      const document = {
        // The frame's name is id enough: Node 18, on which Electron runs the engine, has no global crypto.
        ...createDocument(name, DEFAULT_FRAME, name),
        sharpness: shape.sharpness,
        parts: shape.parts,
      };
      const bodies = documentBodies(document, 'y');
      if (!bodies.ok) return bodies;
      const file = join(folder.value, `${name}.glb`);
      const written = await writeFileAtomic(file, await writeGlb(name, bodies.value.bodies, null));
      if (!written.ok) return written;
      files.push({ name: `${name}.glb`, bytes: written.value });
      if (inStrip.has(frame)) pictures.push(renderParts(shape.parts, 'y', WIDTH, HEIGHT));
      context.progress({
        fraction: (frame + 1) / frames,
        stage: 'Writing frames',
        figures: { frame: frame + 1 },
      });
    }
    const strip = await writeFileAtomic(join(folder.value, 'strip.png'), sideBySide(pictures));
    if (!strip.ok) return strip;
    return ok({ files: [...files, { name: 'strip.png', bytes: strip.value }] });
  },
};

/** The code at a share 0 to 1 of the path; every stretch between stations takes the same share. */
export function codeAt(stations: readonly Float32Array[], share: number): Float32Array {
  const along = share * (stations.length - 1);
  const from = Math.min(Math.floor(along), stations.length - 2);
  const part = along - from;
  return stations[from].map((value, i) => (1 - part) * value + part * stations[from + 1][i]);
}

function stripFrames(frames: number): ReadonlySet<number> {
  const count = Math.min(frames, STRIP_PICTURES);
  return new Set(Array.from({ length: count }, (_, i) => Math.round((i * (frames - 1)) / (count - 1))));
}

function sideBySide(pictures: readonly Uint8Array[]): Uint8Array {
  const width = WIDTH * pictures.length;
  const rgba = new Uint8Array(width * HEIGHT * 4);
  pictures.forEach((picture, n) => {
    for (let row = 0; row < HEIGHT; row++) {
      rgba.set(picture.subarray(row * WIDTH * 4, (row + 1) * WIDTH * 4), (row * width + n * WIDTH) * 4);
    }
  });
  return encodePng(width, HEIGHT, rgba);
}
