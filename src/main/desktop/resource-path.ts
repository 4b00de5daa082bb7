import { extname, resolve, sep } from 'node:path';
import { fail, ok, type Result } from '../../shared/result';
import { isOwnAddress } from './origin';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
};

export interface Resource {
  readonly path: string;
  readonly type: string;
}

/**
 * The file behind an app:// address. Everything outside `folder` is refused, however the way out is written: the URL
 * parser resolves plain dots, and what is still encoded is decoded once and checked after resolving.
 */
export function resolveResource(folder: string, address: string): Result<Resource> {
  const refused = fail({
    code: 'refused-address',
    message: `${address.slice(0, 200)} is not a page of Halfspace.`,
  });
  if (!isOwnAddress(address)) return refused;
  let pathname: string;
  try {
    pathname = decodeURIComponent(new URL(address).pathname);
  } catch {
    return refused;
  }
  if (pathname.includes('\0') || pathname.includes('\\')) return refused;
  const root = resolve(folder);
  const path = resolve(root, `.${pathname === '/' ? '/index.html' : pathname}`);
  if (!path.startsWith(root + sep)) return refused;
  return ok({ path, type: TYPES[extname(path)] ?? 'application/octet-stream' });
}
