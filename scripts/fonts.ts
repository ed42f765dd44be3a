/**
 * node scripts/fonts.ts
 *
 * Cuts Vazirmatn (SIL Open Font License 1.1, no reserved name) down to what the public pages need: src/web/fonts.
 * A page in Persian loads 24 kB instead of 111.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from '../src/platform/config.ts';

type Subset = (font: Buffer, text: string, options: object) => Promise<Buffer>;
// Published without types.
const subsetFont: Subset = (await import('subset-font' as string)).default;

const range = (from: number, to: number): string =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, at) => from + at));

/** Letters, marks, digits and signs of Persian and its neighbours here: Arabic, Azeri, Kurdish. */
const persian = [
  range(0x0621, 0x063a),
  range(0x0640, 0x0655),
  range(0x0660, 0x066d),
  range(0x06f0, 0x06f9),
  '\u060c\u061b\u061f\u0670\u0671\u067e\u0686\u0695\u0698\u06a9\u06af\u06b5\u06be\u06c0\u06c6\u06c7\u06cb\u06cc\u06ce\u06d5',
  ' !()+-./:=[]%\u00ab\u00bb\u200c\u200d\u2013\u2026',
].join('');
/** Basic Latin, the letters of western Europe, and the signs of English text. */
const latin = [range(0x20, 0x7e), range(0xa0, 0xff), '\u2013\u2014\u2018\u2019\u201c\u201d\u2026'];

/** The weights that the pages use; the font goes from 100 to 900. */
const variationAxes = { wght: { min: 400, max: 700, default: 400 } };

const whole = await readFile(
  join(repositoryFolder, 'node_modules/vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2'),
);
const folder = join(repositoryFolder, 'src', 'web', 'fonts');
await mkdir(folder, { recursive: true });
for (const [name, text] of [
  ['persian', persian],
  ['latin', latin.join('')],
] as const) {
  const font = await subsetFont(whole, text, { targetFormat: 'woff2', variationAxes });
  await writeFile(join(folder, `vazirmatn-${name}.woff2`), font);
  process.stdout.write(`vazirmatn-${name}.woff2: ${font.length} bytes\n`);
}
