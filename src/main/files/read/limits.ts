/**
 * What a file that a person opens may ask for. Every reader checks its counts against these, and against the bytes
 * that are there, before it allocates.
 */
export const READ_LIMITS = {
  fileBytes: 512 * 1024 * 1024,
  triangles: 3_000_000,
  /** An STL mesh has three vertices per triangle before welding. */
  vertices: 9_000_000,
  points: 5_000_000,
  imageSide: 8192,
  imagePixels: 4096 * 4096,
  /** Entries of an archive. */
  archiveEntries: 64,
  /** Bytes of one unpacked entry. */
  entryBytes: 512 * 1024 * 1024,
  jsonBytes: 64 * 1024 * 1024,
  cameraBytes: 1024 * 1024,
  headerBytes: 1024 * 1024,
  polygonCorners: 65_536,
  nodes: 200_000,
  /** Coordinates beyond lose their digits in products; no real file has them. */
  coordinate: 1e12,
} as const;
