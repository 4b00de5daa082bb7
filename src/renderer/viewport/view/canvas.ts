/** The canvas's element and what lies over it, made for a container and taken away with `dispose`. */
export interface Surface {
  /** Over the canvas; the pointer passes through. */
  readonly overlay: HTMLElement;
  /** A person who points knows where the focus is: takes it without the ring, which is for those who came by keyboard. */
  focus(): void;
  dispose(): void;
}

/** Dresses a canvas for a viewport and puts it into a container. */
export function mountCanvas(container: HTMLElement, canvas: HTMLCanvasElement): Surface {
  canvas.tabIndex = 0;
  canvas.addEventListener('blur', () => canvas.style.removeProperty('outline'));
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', '3D view of the shape');
  Object.assign(canvas.style, {
    display: 'block',
    width: '100%',
    height: '100%',
    touchAction: 'none',
    outlineOffset: '-2px',
  });
  const overlay = document.createElement('div');
  Object.assign(overlay.style, {
    position: 'absolute',
    inset: '0',
    overflow: 'hidden',
    pointerEvents: 'none',
  });
  if (getComputedStyle(container).position === 'static') container.style.position = 'relative';
  container.append(canvas, overlay);
  return {
    overlay,
    focus() {
      canvas.style.outline = 'none';
      canvas.focus({ preventScroll: true });
    },
    dispose() {
      canvas.remove();
      overlay.remove();
    },
  };
}
