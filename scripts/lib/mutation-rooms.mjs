/** The rooms of `npm run mutate` and their folders. A room is measured with the tests in its own folder. */
export const rooms = {
  geometry: 'src/shared/geometry',
  document: 'src/shared/document',
  formats: 'src/shared/formats',
  exports: 'src/main/files/write',
  service: 'src/main/engine/service',
};

/**
 * Rooms whose files are mutated one after another. Stryker's switches make a file's arithmetic many times slower, in
 * every test that uses it: where tests compute for seconds, only one file at a time may pay for that.
 */
export const computing = new Set(['geometry']);
