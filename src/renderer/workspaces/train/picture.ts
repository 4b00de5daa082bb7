import type { LineStyle } from '../../ui/chart/line-style';

export interface PictureChart {
  readonly title: string;
  readonly canvas: HTMLCanvasElement;
}

export interface PictureLegend extends LineStyle {
  readonly name: string;
}

export interface PictureLook {
  readonly background: string;
  readonly text: string;
  readonly font: string;
}

const LINE = 24;
const MARGIN = 16;

/** Charts below each other with their titles, and a legend: what goes into a paper or a message. */
export function drawPicture(
  charts: readonly PictureChart[],
  legend: readonly PictureLegend[],
  { background, text, font }: PictureLook,
  scale: number,
): Promise<Blob> {
  const width = Math.max(320, ...charts.map(({ canvas }) => canvas.width / scale)) + 2 * MARGIN;
  const height =
    2 * MARGIN +
    charts.reduce((sum, { canvas }) => sum + LINE + canvas.height / scale + MARGIN, 0) +
    LINE * legend.length;
  const picture = document.createElement('canvas');
  picture.width = Math.round(width * scale);
  picture.height = Math.round(height * scale);
  const context = picture.getContext('2d');
  if (!context) return Promise.reject(new Error('The picture could not be drawn.'));
  context.scale(scale, scale);
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'middle';
  context.fillStyle = text;
  let y = MARGIN;
  for (const { title, canvas } of charts) {
    context.font = `600 13px ${font}`;
    context.fillText(title, MARGIN, y + LINE / 2);
    context.drawImage(canvas, MARGIN, y + LINE, canvas.width / scale, canvas.height / scale);
    y += LINE + canvas.height / scale + MARGIN;
  }
  context.font = `13px ${font}`;
  for (const { name, colour, dash } of legend) {
    context.beginPath();
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash([...dash]);
    context.moveTo(MARGIN, y + LINE / 2);
    context.lineTo(MARGIN + 28, y + LINE / 2);
    context.stroke();
    context.fillText(name, MARGIN + 40, y + LINE / 2);
    y += LINE;
  }
  return new Promise((resolve, reject) => {
    picture.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The picture could not be drawn.'));
    }, 'image/png');
  });
}
