import { expect, it } from 'vitest';
import { flatFormatOf } from './svg';

it('a drawing is SVG or JSON by its name, and nothing else', () => {
  expect(flatFormatOf('/a/b.SVG')).toEqual({ ok: true, value: 'svg' });
  expect(flatFormatOf('b.json')).toEqual({ ok: true, value: 'json' });
  const refused = flatFormatOf('/a/b.png');
  expect(refused).toMatchObject({ ok: false, error: { code: 'usage' } });
  if (!refused.ok) expect(refused.error.message).toContain('".png"');
});
