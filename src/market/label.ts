import { readFileSync } from 'node:fs';
import { countyLabel, provinceLabel, type Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { addDays, formatJalali, type IsoDate } from '../kit/jalali.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { paperPdf } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Say } from '../platform/language.ts';
import { qrSvg } from '../platform/qr.ts';
import type { ProductRow } from './products.ts';
import { checkStanding } from './rules.ts';
import { permitsNow } from './stalls.ts';

const source = readFileSync(new URL('./label.typ', import.meta.url), 'utf8');
const word = (name: string) => `market.label.${name}`;

/** What a label is made with besides its product. */
export type LabelParts = {
  readonly reference: Reference;
  readonly say: Say;
  readonly publicUrl: string;
  /** The day it was made, ISO. */
  readonly madeOn: string;
  readonly weight: string;
};

/**
 * The label of a food, PDF: that it is home-made, permit and health number, place, ingredients, allergens
 * and both days. What it has to say follows California's cottage-food law (HSC 114365) until the
 * programme's own form is known.
 * @throws Problem `market.no_label` (422) for what is no food, `market.permit_not_valid` (409)
 */
export async function labelPdf(
  tx: Tx,
  act: Act,
  product: ProductRow,
  parts: LabelParts,
): Promise<Buffer> {
  if (!product.food) throw new Problem('market.no_label');
  const permits = await permitsNow(tx, act.provinceId, [product.case_id], act.today);
  const permit = permits.get(product.case_id);
  checkStanding(permit?.standing ?? 'revoked');
  const person = await tx
    .selectFrom('people')
    .select(['first_name', 'last_name', 'demonstration'])
    .where('province_id', '=', act.provinceId)
    .where('id', '=', product.person_id)
    .executeTakeFirstOrThrow();
  const { say, publicUrl } = parts;
  const named = product.allergens.map((one) => say(`market.allergens.${one}`));
  const paper = {
    title: product.title,
    homeMade: say(word('homeMade')),
    facts: factsOf(act, product, { number: permit?.number ?? '', person, parts }),
    allergens: say(word(named.length > 0 ? 'allergens' : 'noAllergens'), {
      list: new Intl.ListFormat('fa').format(named),
    }),
    code: qrSvg(`${publicUrl}/market/products/${encodeCode(act.provinceId, product.id)}`),
    demonstration: person.demonstration ? say(word('demonstration')) : null,
  };
  return paperPdf(source, paper, act.now);
}

type Around = {
  readonly number: string;
  readonly person: { readonly first_name: string; readonly last_name: string };
  readonly parts: LabelParts;
};

function factsOf(act: Act, product: ProductRow, { number, person, parts }: Around) {
  const { reference, say, madeOn, weight } = parts;
  const day = (iso: string) => formatJalali(iso as IsoDate, 'fa', 'short');
  const county = countyLabel(reference, product.county_id).label.fa;
  const place = say(word('placeOf'), {
    county,
    province: provinceLabel(reference, act.provinceId).label.fa,
  });
  const best =
    product.keeps_days === null ? null : day(addDays(madeOn as IsoDate, product.keeps_days));
  const facts: readonly (readonly [string, string | null])[] = [
    ['ingredients', product.ingredients],
    ['weight', weight || null],
    ['madeOn', day(madeOn)],
    ['bestUntil', best],
    ['maker', say(word('makerOf'), { name: `${person.first_name} ${person.last_name}`, place })],
    ['permit', toPersianDigits(number)],
    ['health', toPersianDigits(product.health_number ?? '')],
  ];
  return facts.flatMap(([name, value]) => (value ? [[say(word(name)), value]] : []));
}
