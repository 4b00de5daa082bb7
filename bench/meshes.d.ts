declare module 'bunny' {
  export const positions: number[][];
  export const cells: number[][];
}

declare module 'teapot' {
  export const positions: number[][];
  export const cells: number[][];
}
