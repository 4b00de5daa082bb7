/** The rooms of `npm run mutate` and their folders. A room is measured with the tests in its own folder. */
export const rooms = {
  geometry: 'src/shared/geometry',
  document: 'src/shared/document',
  formats: 'src/shared/formats',
  exports: 'src/main/files/write',
  service: 'src/main/engine/service',
};
