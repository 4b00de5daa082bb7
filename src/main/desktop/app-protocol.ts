import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { SCHEME } from './origin';
import { resolveResource } from './resource-path';

/** 'unsafe-inline' for styles only: the parameter panels insert their style tags at run time. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Opener and embedder policies make the page cross-origin isolated, which shared memory needs. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Must run before the application is ready, once. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Serves the files of `folder`, and nothing else, under the window's origin. */
export function serveFolder(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    if (request.method !== 'GET') return refuse(405);
    const resource = resolveResource(folder, request.url);
    if (!resource.ok) return refuse(403);
    try {
      const body = await readFile(resource.value.path);
      return new Response(new Uint8Array(body), {
        headers: { ...SECURITY_HEADERS, 'Content-Type': resource.value.type },
      });
    } catch {
      return refuse(404);
    }
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}
