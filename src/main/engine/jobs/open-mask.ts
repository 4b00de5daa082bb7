import { basename } from 'node:path';
import { maskOfPicture } from '../../../shared/flat/mask';
import { ok } from '../../../shared/result';
import { readImage } from '../../files/image';
import { readBytes } from '../../files/source/bytes';
import type { Job } from '../service/job';

/** Reads a picture as a mask, small enough to fit and to show. */
export const openMaskJob: Job<'open-mask'> = {
  kind: 'open-mask',
  run: async (request, { grants }) => {
    const path = grants.resolve(request.token, 'read');
    if (!path.ok) return path;
    const name = basename(path.value);
    const bytes = await readBytes(path.value);
    if (!bytes.ok) return bytes;
    const picture = await readImage(bytes.value, name);
    if (!picture.ok) return picture;
    const made = maskOfPicture(picture.value, request);
    if (!made.ok) return { ok: false, error: { ...made.error, message: `${name}: ${made.error.message}` } };
    return ok({ name, ...made.value, notes: picture.value.notes });
  },
};
