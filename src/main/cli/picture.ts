import { writeFile } from 'node:fs/promises';
import type { HalfspaceDocument } from '../../shared/document/types';

export async function writePicture(path: string, document: HalfspaceDocument): Promise<void> {
  await writeFile(path, document.name);
}
