import { ready, setBackend } from '@tensorflow/tfjs-core';

/** Lets TensorFlow.js of this thread compute on a backend whose package has been imported; throws where it cannot. */
export async function activate(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`TensorFlow.js could not start its backend "${name}".`);
  await ready();
}
