import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocument } from '../../../shared/document/build';
import { writeProject } from '../../files/project/project';
import { loadPicture } from './load-picture';

const samples = join(import.meta.dirname, '../../../../resources/samples');

describe('a picture inside a project', () => {
  let folder = '';
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'halfspace-picture-'))));
  afterAll(() => rm(folder, { recursive: true }));

  const load = (path: string) =>
    loadPicture(
      { token: '' },
      {
        grants: { resolve: () => ({ ok: true, value: path }) } as unknown as Parameters<
          typeof loadPicture
        >[1]['grants'],
      },
    );

  it('is the same as the file it came from, camera and all', async () => {
    const project = join(folder, 'mug.halfspace');
    await writeProject(project, {
      document: createDocument('mug'),
      source: {
        name: 'mug-depth.png',
        bytes: await readFile(join(samples, 'mug-depth.png')),
        camera: { name: 'any.json', bytes: await readFile(join(samples, 'mug-depth.camera.json')) },
      },
    });
    const direct = await load(join(samples, 'mug-depth.png'));
    const embedded = await load(project);
    if (!direct.ok || !embedded.ok) throw new Error('a sample could not be read');
    expect(embedded.value.camera).not.toBeNull();
    expect(embedded.value).toEqual(direct.value);
  });

  it('is missed by name when the project holds none', async () => {
    const project = join(folder, 'empty.halfspace');
    await writeProject(project, { document: createDocument('x'), source: null });
    expect(await load(project)).toMatchObject({
      ok: false,
      error: { code: 'project-without-source', message: expect.stringContaining('empty.halfspace') },
    });
  });
});
