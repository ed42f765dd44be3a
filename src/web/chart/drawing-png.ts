import type { ChartData } from './data.ts';
import { type Drawing, type Ink, inkNames, type Shape } from './drawing.ts';
import { fontFamily } from './options.ts';

/** Pixels of the picture for one of the drawing: sharp on paper too. */
const sharpness = 2;
const margin = 24;
const head = 80;

type Inks = { readonly [Name in Ink]: string };

/** The colours of the page as it is now; a canvas cannot read the stylesheet itself. */
function inksNow(): Inks {
  const style = getComputedStyle(document.documentElement);
  const read = inkNames.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(read) as Inks;
}

function drawText(
  pen: CanvasRenderingContext2D,
  shape: Extract<Shape, { kind: 'text' }>,
  inks: Inks,
): void {
  pen.font = `${shape.bold ? 700 : 400} ${shape.size}px ${fontFamily}`;
  pen.fillStyle = inks[shape.ink];
  pen.textAlign = shape.align === 'middle' ? 'center' : shape.align;
  pen.textBaseline = 'middle';
  pen.fillText(shape.text, shape.x, shape.y);
}

function drawShape(pen: CanvasRenderingContext2D, shape: Shape, inks: Inks): void {
  if (shape.kind === 'text') {
    drawText(pen, shape, inks);
    return;
  }
  pen.fillStyle = inks[shape.ink];
  pen.globalAlpha = shape.opacity ?? 1;
  if (shape.kind === 'path') pen.fill(new Path2D(shape.d));
  else {
    pen.beginPath();
    pen.roundRect(shape.x, shape.y, shape.width, shape.height, shape.round ?? 0);
    pen.fill();
  }
  pen.globalAlpha = 1;
}

/** The title and the scope over a drawing. */
function titlesOf(data: ChartData, width: number, rtl: boolean): Shape[] {
  const at = { kind: 'text', x: rtl ? width : 0, align: rtl ? 'right' : 'left' } as const;
  return [
    { ...at, y: 16, text: data.title, size: 20, bold: true, ink: 'ink' },
    { ...at, y: 48, text: data.scope, size: 14, ink: 'ink-soft' },
  ];
}

function paint(pen: CanvasRenderingContext2D, data: ChartData, drawing: Drawing, rtl: boolean) {
  const inks = inksNow();
  pen.scale(sharpness, sharpness);
  pen.fillStyle = inks.sheet;
  pen.fillRect(0, 0, drawing.width + 2 * margin, drawing.height + head + 2 * margin);
  pen.direction = rtl ? 'rtl' : 'ltr';
  pen.translate(margin, margin);
  for (const shape of titlesOf(data, drawing.width, rtl)) drawShape(pen, shape, inks);
  pen.translate(0, head);
  for (const shape of drawing.shapes) drawShape(pen, shape, inks);
}

/** A drawing with its title and scope at twice the size of the screen, as PNG. */
export async function drawingPng(data: ChartData, drawing: Drawing, rtl: boolean): Promise<Blob> {
  await document.fonts.ready;
  const canvas = document.createElement('canvas');
  canvas.width = (drawing.width + 2 * margin) * sharpness;
  canvas.height = (drawing.height + head + 2 * margin) * sharpness;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('the browser has no canvas');
  paint(pen, data, drawing, rtl);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser gave no picture');
  return blob;
}
