import { Box3, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Layer, LayerContext, LayerDescriptor } from './layer';
import { LAYERS, TOOLS } from './registry';
import { createStack } from './stack';
import { viewportState } from './testing';
import type { Tool, ToolDescriptor } from './tool';

// The layers of these tests stand on nothing.
const CONTEXT = {} as LayerContext;

/** A layer that notes what it is asked for. */
function noting(name: string, order: number, notes: string[], more: Partial<Layer> = {}): LayerDescriptor {
  return {
    name,
    order,
    create: () => ({
      update: (_, previous) => void notes.push(`${name} updated ${previous ? 'on' : 'anew'}`),
      frame: () => void notes.push(`${name} framed`),
      dispose: () => void notes.push(`${name} disposed`),
      ...more,
    }),
  };
}

function toolOf(name: string, order: number, priority: number, tool: Partial<Tool>): ToolDescriptor {
  return { name, order, priority, create: () => ({ dispose: () => undefined, ...tool }) };
}

const STATE = viewportState([]);
const TIME = { now: 0, elapsed: 0 };

describe('the stack of layers', () => {
  it('asks layers and tools from low order to high, whatever the order of their files', () => {
    const notes: string[] = [];
    const tool = toolOf('drag', 15, 0, { frame: () => void notes.push('drag framed') });
    const stack = createStack([noting('b', 20, notes), noting('a', 10, notes)], [tool], CONTEXT);
    stack.update(STATE, null);
    stack.frame(TIME);
    expect(notes).toEqual(['a updated anew', 'b updated anew', 'a framed', 'drag framed', 'b framed']);
  });

  it('lists tools from high priority to low', () => {
    const first: Partial<Tool> = { click: () => true };
    const second: Partial<Tool> = { click: () => false };
    const stack = createStack([], [toolOf('low', 1, 0, second), toolOf('high', 2, 5, first)], CONTEXT);
    expect(stack.tools.map((tool) => tool.click)).toEqual([first.click, second.click]);
  });

  it('says whether the shape moved and whether a frame is wanted when any layer says so', () => {
    const still = createStack([noting('a', 1, [])], [], CONTEXT);
    expect([still.update(STATE, null), still.frame(TIME)]).toEqual([false, false]);
    const busy = noting('b', 0, [], { update: () => true, frame: () => true });
    const stack = createStack([noting('a', 1, []), busy], [], CONTEXT);
    expect([stack.update(STATE, null), stack.frame(TIME)]).toEqual([true, true]);
  });

  it('makes an extra layer when a state names it, in its place, and drops it with the name', () => {
    const notes: string[] = [];
    const extra = { ...noting('extra', 5, notes), extra: true };
    const stack = createStack([noting('a', 10, notes), extra], [], CONTEXT);
    stack.update(STATE, null);
    stack.update({ ...STATE, extras: new Set(['extra', 'unknown']) }, STATE);
    stack.update({ ...STATE, extras: new Set(['extra']) }, STATE);
    stack.update({ ...STATE, extras: new Set() }, STATE);
    expect(notes).toEqual([
      'a updated anew',
      'extra updated anew',
      'a updated on',
      'extra updated on',
      'a updated on',
      'extra disposed',
      'a updated on',
    ]);
    expect(stack.layers()).toHaveLength(1);
  });

  it('joins the boxes of the layers, empty ones aside', () => {
    const box = (x: number): Layer => ({
      bounds: () => new Box3(new Vector3(x, 0, 0), new Vector3(x + 1, 1, 1)),
      dispose: () => undefined,
    });
    const empty: Layer = { bounds: () => new Box3(), dispose: () => undefined };
    const layers = [box(0), empty, box(4)].map((layer, order) => ({
      name: String(order),
      order,
      create: () => layer,
    }));
    const { min, max } = createStack(layers, [], CONTEXT).bound(new Box3());
    expect([min.x, max.x]).toEqual([0, 5]);
    expect(createStack([layers[1]], [], CONTEXT).bound(new Box3()).isEmpty()).toBe(true);
  });

  it('lets go of a gesture before it frees anything', () => {
    const notes: string[] = [];
    const tool = toolOf('drag', 30, 0, { cancel: () => void notes.push('cancelled') });
    createStack([noting('a', 10, notes)], [tool], CONTEXT).dispose();
    expect(notes).toEqual(['cancelled', 'a disposed']);
  });
});

describe('the registered layers and tools', () => {
  it('have names of their own and a file each', () => {
    const files = Object.keys(import.meta.glob(['./layers/*.ts', './tools/*.ts', '!./**/*.test.ts'])).map(
      (path) => path.replace(/^.*\/(.*)\.ts$/, '$1'),
    );
    expect([...LAYERS, ...TOOLS].map(({ name }) => name).sort()).toEqual(files.sort());
  });

  it('ask the tool that selects last: it takes every click', () => {
    const least = Math.min(...TOOLS.map(({ priority }) => priority));
    expect(TOOLS.filter(({ priority }) => priority === least).map(({ name }) => name)).toEqual(['select']);
  });
});
