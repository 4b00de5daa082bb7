import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { drawPlanted, PLANTED_SIZE } from '../../synthetic/pictures/planted';
import type { Result } from '../../../shared/result';
import { throwIfStopped, writeNewFolder, type WriteControl } from '../new-folder';
import { encodeGreyPng } from './write-png';

/** How many pictures are for training, and how many normal and as many anomalous ones for testing. */
export interface PlantedCounts {
  readonly train: number;
  readonly test: number;
}

const SIZE = { width: PLANTED_SIZE, height: PLANTED_SIZE };

/**
 * Writes textures with planted anomalies as a category of MVTec AD, so that any tool reads them: train/good, test/good,
 * test/planted and ground_truth/planted with masks. The same counts and seed, the same bytes.
 */
export function writePlanted(
  folder: string,
  { train, test }: PlantedCounts,
  seed: number,
  control: WriteControl = {},
): Promise<Result<null>> {
  return writeNewFolder(folder, async (temporary) => {
    const total = train + 2 * test;
    let done = 0;
    const save = async (name: string, pixels: Uint8Array): Promise<void> => {
      await mkdir(dirname(join(temporary, name)), { recursive: true });
      await writeFile(join(temporary, name), encodeGreyPng(SIZE, pixels));
    };
    const saveAll = async (split: string, kind: 'good' | 'planted', count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        throwIfStopped(control);
        const { pixels, mask } = drawPlanted(`${seed} ${split} ${kind} ${i}`, kind === 'planted');
        const name = String(i).padStart(4, '0');
        await save(`${split}/${kind}/${name}.png`, pixels);
        if (kind === 'planted') await save(`ground_truth/${kind}/${name}_mask.png`, mask);
        control.onProgress?.(++done, total);
      }
    };
    await saveAll('train', 'good', train);
    await saveAll('test', 'good', test);
    await saveAll('test', 'planted', test);
    return null;
  });
}
