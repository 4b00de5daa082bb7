import { describe, expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from './crc32c';

const text = (content: string): Uint8Array => Buffer.from(content, 'latin1');

describe('CRC-32C', () => {
  it('gives the known values of RFC 3720 and of the usual check string', () => {
    expect(crc32c(text('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => 31 - i))).toBe(0x113fdb5c);
    expect(crc32c(new Uint8Array(0))).toBe(0);
  });

  it('masks by a rotation and a constant', () => {
    // 0xe3069283 rotated right by 15 bits is 0x2507c60d; plus 0xa282ead8.
    expect(maskedCrc32c(text('123456789'))).toBe(0xc78ab0e5);
  });
});
