import { describe, expect, it } from 'vitest';
import { fakeWorkbench } from '../actions/testing';
import { createSlice } from './slice';

describe('a slice', () => {
  it('holds its initial state in every window until something is set in that window', () => {
    const slice = createSlice('a', { left: 1, right: 2 });
    const [here, there] = [fakeWorkbench(), fakeWorkbench()];
    slice.set(here, { left: 3 });
    slice.set(here, ({ left }) => ({ right: left + 1 }));
    expect(slice.get(here)).toEqual({ left: 3, right: 4 });
    expect(slice.get(there)).toEqual({ left: 1, right: 2 });
  });

  it('stays the same object while another slice, even one of the same name, changes', () => {
    const [one, other] = [createSlice('a', { value: 1 }), createSlice('a', { value: 1 })];
    const workbench = fakeWorkbench();
    one.set(workbench, { value: 2 });
    const before = workbench.ui.getState();
    other.set(workbench, { value: 9 });
    const after = workbench.ui.getState();
    expect(one.in(after)).toBe(one.in(before));
    expect([one.in(after).value, other.in(after).value, other.in(before).value]).toEqual([2, 9, 1]);
  });
});
