import { describe, expect, it } from 'vitest';
import { createDocument } from '../../../../shared/document/build';
import { cube, fakeWorkbench } from '../../../workbench/actions/testing';
import { setPartSmoothness } from '../actions/edit';
import { sliderEdit } from './slider-edit';

/** A slider of part "a" as the panel connects it. */
function slider() {
  const workbench = fakeWorkbench([cube('a')]);
  const edit = sliderEdit(workbench, { command: 'part.smoothness', title: 'Change smoothness' });
  const says = (value: number): void => {
    const mode = edit.mode();
    if (mode) setPartSmoothness(workbench, ['a'], value, mode);
  };
  const smoothness = (): number => workbench.document.state().document.parts[0].smoothness;
  return { workbench, edit, says, smoothness };
}

describe('a slider', () => {
  it('makes one entry of a drag, and one of each typed value', () => {
    const { workbench, edit, says, smoothness } = slider();
    edit.onEditStart();
    for (const value of [180, 200, 250]) says(value);
    edit.onEditEnd();
    says(300);
    workbench.document.undo();
    expect(smoothness()).toBe(250);
    workbench.document.undo();
    expect(smoothness()).toBe(175);
  });

  it('that is held while the change is undone is ignored until it is let go, and works again then', () => {
    const { workbench, edit, says, smoothness } = slider();
    edit.onEditStart();
    says(200);
    workbench.document.undo();
    says(250);
    expect(smoothness()).toBe(175);
    edit.onEditEnd();
    expect(workbench.document.state().undoTitle).toBeNull();
    expect(workbench.jobs.store.getState()).toEqual([]);
    edit.onEditStart();
    says(300);
    edit.onEditEnd();
    expect(smoothness()).toBe(300);
    expect(workbench.document.state().undoTitle).toBe('Change smoothness');
  });

  it('that is held while another document is opened leaves that as it is', () => {
    const { workbench, edit, says, smoothness } = slider();
    edit.onEditStart();
    says(200);
    workbench.document.reset({ ...createDocument('other', undefined, 'other'), parts: [cube('a')] });
    says(250);
    edit.onEditEnd();
    expect(smoothness()).toBe(175);
    expect(workbench.document.state()).toMatchObject({ undoTitle: null, unsaved: false });
  });
});
