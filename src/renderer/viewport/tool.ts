import type { Layer, LayerContext } from './layer';
import type { Pointer } from './view/pointer';

/**
 * Something that a person does in the viewport. A file in `tools/` that exports one as `tool` is part of the viewport;
 * nothing else has to know it. A tool draws its own handles: it is a layer, too.
 */
export interface ToolDescriptor {
  readonly name: string;
  /** Drawn like a layer of this order. */
  readonly order: number;
  /** Tools are asked whether a press, a click or a cursor is theirs from high to low. */
  readonly priority: number;
  create(context: LayerContext): Tool;
}

/** A tool while its viewport lives. What it does not need it leaves out. */
export interface Tool extends Layer {
  /** The pointer moved without a pressed button, or left (null). */
  hover?(pointer: Pointer | null): void;
  /** The cursor of a pointer that is this tool's, in CSS words; null when it is not. */
  cursor?(pointer: Pointer): string | null;
  /** True takes a gesture that begins here away from the camera; the drags that follow are this tool's. */
  press?(pointer: Pointer): boolean;
  /** The gesture taken moved beyond a click; called for every move after that. */
  drag?(pointer: Pointer): void;
  /** The gesture taken ended after a drag. */
  commit?(): void;
  /** The gesture taken was cut off, or the viewport goes. */
  cancel?(): void;
  /** A press that did not move ended here. True when it is this tool's. */
  click?(pointer: Pointer): boolean;
  /** Whether a gesture is under way. Its keys are the tool's own: no shortcut acts meanwhile. */
  active?(): boolean;
  /** A key while the gesture is under way. True when it is the tool's. */
  key?(event: KeyboardEvent): boolean;
}
