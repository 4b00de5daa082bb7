import { describe, expect, it } from 'vitest';
import { parseNames } from './names';

describe('names that a person types', () => {
  it('are separated by commas, with spaces or without', () => {
    expect(parseNames('3')).toEqual(['3']);
    expect(parseNames(' heart,big square , 7,')).toEqual(['heart', 'big square', '7']);
  });

  it.each(['', '  ', ' , ,'])('are none in "%s"', (text) => {
    expect(parseNames(text)).toBeNull();
  });
});
