import qrcode from 'qrcode';

/** A QR code as one path of black squares, sharp at any size; correction M survives a crease. */
export function qrSvg(text: string): string {
  const { size, data } = qrcode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const squares: string[] = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (data[row * size + column]) squares.push(`M${column} ${row}h1v1h-1z`);
    }
  }
  const box = `viewBox="-2 -2 ${size + 4} ${size + 4}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}><path d="${squares.join('')}"/></svg>`;
}
