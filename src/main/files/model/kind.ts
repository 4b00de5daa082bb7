import { open } from 'node:fs/promises';
import { kindOfFormat } from './content';
import type { NetworkKind } from '../../../shared/recipes/training';

/** The metadata stands in the header; more than this no header of a model takes. */
const MAXIMUM_HEADER_BYTES = 16 * 1024 * 1024;

/** The kind of model that a file says it is, from its header alone; null when it says none, or cannot be read. */
export async function modelKind(path: string): Promise<NetworkKind | null> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return null;
  try {
    const start = Buffer.alloc(8);
    if ((await file.read(start, 0, 8, 0)).bytesRead < 8) return null;
    const length = Number(start.readBigUInt64LE());
    if (length > MAXIMUM_HEADER_BYTES) return null;
    const header = Buffer.alloc(length);
    if ((await file.read(header, 0, length, 8)).bytesRead < length) return null;
    const json = JSON.parse(header.toString('utf8')) as { __metadata__?: { format?: string } };
    return kindOfFormat(json.__metadata__?.format);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
