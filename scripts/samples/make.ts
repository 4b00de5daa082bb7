import { encodeDepthPng } from '../../src/main/files/write/depth-png';
import { senseDepth } from '../../src/main/synthetic/depth-sensor';
import { openManifold } from '../../src/shared/geometry/manifold';
import { weldVertices } from '../../src/shared/geometry/mesh-topology';
import type { TriangleMesh } from '../../src/shared/geometry/types';
import { FITTED, SAMPLES, type Sample } from './catalogue';
import { depthCamera } from './depth';
import { toMesh } from './modelling';
import { pictureFile, PICTURES } from './pictures';
import { writeMesh } from './write-mesh';

/** One line of the index that the first window lists. */
interface IndexEntry {
  readonly name: string;
  readonly title: string;
  readonly kind: 'mesh' | 'depth' | 'picture' | 'project';
  readonly file: string;
  readonly camera?: string;
}

/** A sample's surface: metres, Y up, closed. */
export async function sampleMesh({ model }: Sample): Promise<TriangleMesh> {
  return weldVertices(toMesh(model(await openManifold())));
}

/** The sample's files by name, with its lines of the index. Same sample, same bytes. */
export async function sampleFiles(
  sample: Sample,
): Promise<{ files: ReadonlyMap<string, Uint8Array>; entries: readonly IndexEntry[] }> {
  const { name, title, format } = sample;
  const mesh = await sampleMesh(sample);
  const file = `${name}.${format}`;
  const files = new Map([[file, await writeMesh(mesh, title, format)]]);
  const entries: IndexEntry[] = [{ name, title, kind: 'mesh', file }];
  if (sample.view) {
    const { eye, target, seed } = sample.view;
    const camera = depthCamera(eye, target);
    const depth = `${name}-depth`;
    files.set(`${depth}.png`, encodeDepthPng(senseDepth(mesh, camera, seed, { floor: true }), camera));
    files.set(`${depth}.camera.json`, json(camera));
    entries.push({ name: depth, title, kind: 'depth', file: `${depth}.png`, camera: `${depth}.camera.json` });
  }
  return { files, entries };
}

/** Every file of the samples folder by name, the index included, but for the fitted one. */
export async function allSampleFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const entries: IndexEntry[] = [FITTED];
  for (const sample of SAMPLES) {
    const made = await sampleFiles(sample);
    made.files.forEach((bytes, file) => files.set(file, bytes));
    entries.push(...made.entries);
  }
  for (const sample of PICTURES) {
    const { name, title } = sample;
    const file = `${name}.png`;
    files.set(file, await pictureFile(sample));
    entries.push({ name, title, kind: 'picture', file });
  }
  files.set('index.json', json(entries));
  return files;
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
