/** Without the clipboard permission, which the window is denied like every other: a copied selection needs none. */
export function copyText(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
