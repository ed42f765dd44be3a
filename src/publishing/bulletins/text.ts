import { toPersianDigits } from '../../kit/persian-text.ts';
import { sayNumber } from '../../kit/say-number.ts';
import type { Language, Say } from '../../platform/language.ts';
import { isMoney, type Said, sayNear, sayOver } from './rules.ts';

/** What a bulletin says in words; numbers stand in it as names of figures: `{jobs_registered}`. */
export type Text = {
  readonly headline: string;
  readonly lead: string;
  readonly paragraphs: readonly string[];
};

/** Exact values by name: a measure, or a measure of a part as `rial_paid@SMT`. */
export type Values = Readonly<Record<string, string>>;

/** A place of a text where a figure is said: `{over:rial_paid}`. */
export type Place = {
  readonly form: 'exact' | 'near' | 'over' | 'head';
  readonly name: string;
  readonly start: number;
  readonly end: number;
};

const placeholder = /\{(?:(exact|near|over|head):)?([a-z_]+(?:@[A-Za-z0-9_]+)?)\}/g;

/** The figures that a text names, in order. */
export function placesIn(text: string): Place[] {
  return [...text.matchAll(placeholder)].map((match) => {
    const [whole, form, name = ''] = match;
    const usual = isMoney(name) ? 'near' : 'exact';
    const place = { name, start: match.index, end: match.index + whole.length };
    return { ...place, form: (form as Place['form'] | undefined) ?? usual };
  });
}

/** How a figure is said in a form. */
export function saidAs({ form, name }: Pick<Place, 'form' | 'name'>, value: bigint): Said {
  if (form === 'near' && isMoney(name)) return sayNear(value);
  if (form === 'over' || form === 'head') return sayOver(value, isMoney(name));
  return { hedge: 'exact', value };
}

/** A figure in words: «بیش از ۴۰ میلیارد تومان», «۲ هزار و ۲۴۰»; in a headline «بیش از ۲۲۰۰». */
export function figureText(
  place: Pick<Place, 'form' | 'name'>,
  value: bigint,
  { say, language }: { say: Say; language: Language },
): string {
  const { hedge, value: shown } = saidAs(place, value);
  const money = isMoney(place.name);
  const number =
    place.form === 'head' && !money
      ? headNumber(shown, language)
      : sayNumber(money ? shown / 10n : shown, language);
  const odd = money && shown % 10n !== 0n;
  const amount = odd
    ? say('bulletins.said.rial', { number: sayNumber(shown, language) })
    : money
      ? say('bulletins.said.toman', { number })
      : number;
  return hedge === 'exact' ? amount : say(`bulletins.said.${hedge}`, { number: amount });
}

function headNumber(value: bigint, language: Language): string {
  return language === 'fa'
    ? toPersianDigits(value.toString())
    : new Intl.NumberFormat('en').format(value);
}

/** A piece of a rendered text: plain words, or a figure with its name. */
export type Piece = { readonly text: string; readonly name?: string };

/** A text with its figures said. A name without a value stands as it was written, which nobody can sign. */
export function piecesOf(
  text: string,
  values: Values,
  telling: { say: Say; language: Language },
): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const place of placesIn(text)) {
    const value = values[place.name];
    if (value === undefined) continue;
    pieces.push({ text: text.slice(from, place.start) });
    pieces.push({ text: figureText(place, BigInt(value), telling), name: place.name });
    from = place.end;
  }
  pieces.push({ text: text.slice(from) });
  return pieces.filter((piece) => piece.text !== '');
}

/** A text as it is read. */
export const plainText = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => piece.text).join('');

/** The parts of a text by their place: headline, lead, paragraph by paragraph. */
export function partsOf(text: Text): [string, string][] {
  const paragraphs = text.paragraphs.map((one, at): [string, string] => [
    `paragraph${at + 1}`,
    one,
  ]);
  return [['headline', text.headline], ['lead', text.lead], ...paragraphs];
}
