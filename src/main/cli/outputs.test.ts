import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS, extensionOf } from '../../shared/formats/lookup';
import { formatOfOutput, OUTPUT_HELP } from './outputs';

describe('-o', () => {
  it.each(EXPORT_FORMATS)('takes the extension of %s, in capitals, too', (format) => {
    const extension = extensionOf(format);
    expect(formatOfOutput(`a/b.${extension}`)).toEqual({ ok: true, value: format });
    expect(formatOfOutput(`a/b.${extension.toUpperCase()}`)).toEqual({ ok: true, value: format });
    expect(OUTPUT_HELP).toContain(`.${extension}`);
  });

  it('takes a project, and a folder by a name without an extension', () => {
    expect(formatOfOutput('mug.halfspace')).toEqual({ ok: true, value: 'halfspace' });
    expect(formatOfOutput('/v1.2/mug')).toEqual({ ok: true, value: null });
  });

  it('says what it takes where it takes nothing', () => {
    const refused = formatOfOutput('mug.gltf');
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'usage', message: '-o mug.gltf: there is no format for ".gltf".' },
    });
    expect(!refused.ok && refused.error.hint).toMatch(/^Use \.halfspace, \.xml \(MJCF\), .*, or a folder\.$/);
  });
});
