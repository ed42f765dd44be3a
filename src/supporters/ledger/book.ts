import { sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { RecipeLine, Unit } from '../quantity-rules.ts';
import type { CoverRow, SupporterRow } from './lock.ts';

/** A version of a contract that all three have signed. */
export type StandingContract = {
  readonly id: string;
  readonly coverId: string;
  readonly version: number;
  readonly fromOn: string;
  readonly payWithinDays: number;
  readonly deductions: readonly string[];
  readonly limitBp: number;
  /** Rates by product. */
  readonly rates: ReadonlyMap<string, bigint>;
};

export type ProductRow = {
  readonly id: string;
  readonly caseId: string;
  readonly unit: Unit;
  readonly recipe: readonly RecipeLine[];
};

export type MaterialRow = {
  readonly id: string;
  readonly caseId: string;
  readonly unit: Unit;
  readonly priceRial: bigint;
};

/** Everything that entries about some supporters' people are judged by. */
export type Book = {
  readonly supporters: ReadonlyMap<string, SupporterRow>;
  readonly covers: ReadonlyMap<string, CoverRow>;
  readonly contracts: readonly StandingContract[];
  readonly products: ReadonlyMap<string, ProductRow>;
  readonly materials: ReadonlyMap<string, MaterialRow>;
};

/** Reads the book of some supporters and their people, who are locked already. */
export async function openBook(
  tx: Tx,
  provinceId: number,
  supporters: ReadonlyMap<string, SupporterRow>,
  covers: ReadonlyMap<string, CoverRow>,
): Promise<Book> {
  const cases = [...supporters.keys()];
  const [contracts, products, materials] = await Promise.all([
    contractsInForce(tx, provinceId, [...covers.keys()]),
    productsOf(tx, provinceId, cases),
    materialsOf(tx, provinceId, cases),
  ]);
  return { supporters, covers, contracts, products, materials };
}

/** Contracts of these covers that all three signed, the newest version first. */
async function contractsInForce(
  tx: Tx,
  provinceId: number,
  coverIds: readonly string[],
): Promise<StandingContract[]> {
  const { rows } = await sql<{
    id: string;
    coverId: string;
    version: number;
    fromOn: string;
    payWithinDays: number;
    deductions: string[];
    limitBp: number;
    products: string[];
    rates: bigint[];
  }>`
    select c.id, c.cover_id as "coverId", c.version, c.from_on as "fromOn",
      c.pay_within_days as "payWithinDays", c.deductions, c.deduction_limit_bp as "limitBp",
      array_agg(l.product_id::text) as products, array_agg(l.rate_rial) as rates
    from contracts c
    join contract_lines l on l.province_id = ${provinceId} and l.contract_id = c.id
    where c.province_id = ${provinceId} and c.state = 'in_force'
      and c.cover_id = any(${coverIds}::uuid[])
    group by c.province_id, c.id order by c.version desc`.execute(tx);
  return rows.map(({ products, rates, ...row }) => ({
    ...row,
    rates: new Map(products.map((id, at) => [id, rates[at] as bigint])),
  }));
}

async function productsOf(tx: Tx, provinceId: number, caseIds: readonly string[]) {
  const { rows } = await sql<{
    id: string;
    case_id: string;
    unit: Unit;
    materials: string[];
    net: bigint[];
    waste: bigint[];
  }>`
    select p.id, p.case_id, p.unit, array_agg(r.material_id::text) as materials,
      array_agg(r.net_grains) as net, array_agg(r.waste_grains) as waste
    from work_products p
    join recipe_lines r on r.province_id = ${provinceId} and r.product_id = p.id
    where p.province_id = ${provinceId} and p.case_id = any(${caseIds}::uuid[])
    group by p.province_id, p.id`.execute(tx);
  return new Map(
    rows.map((row): [string, ProductRow] => {
      const recipe = row.materials.map((materialId, at) => {
        return { materialId, netGrains: row.net[at] ?? 0n, wasteGrains: row.waste[at] ?? 0n };
      });
      return [row.id, { id: row.id, caseId: row.case_id, unit: row.unit, recipe }];
    }),
  );
}

async function materialsOf(tx: Tx, provinceId: number, caseIds: readonly string[]) {
  const rows = await tx
    .selectFrom('materials')
    .select(['id', 'case_id', 'unit', 'price_rial'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .execute();
  return new Map(
    rows.map((row): [string, MaterialRow] => {
      const { id, case_id: caseId, price_rial: priceRial } = row;
      return [id, { id, caseId, unit: row.unit as Unit, priceRial }];
    }),
  );
}

/** The contract that holds for a person on a day. @throws Problem `supporters.no_contract` (409) */
export function contractOn(book: Book, coverId: string, day: string): StandingContract {
  const found = book.contracts.find((one) => one.coverId === coverId && one.fromOn <= day);
  if (!found) throw new Problem('supporters.no_contract', { given: day });
  return found;
}

/** A product of the person's own supporter. @throws Problem `platform.not_found` (404) */
export function getProduct(book: Book, cover: CoverRow, id: string): ProductRow {
  const found = book.products.get(id);
  if (found?.caseId !== cover.caseId) throw new Problem('platform.not_found');
  return found;
}

/** A material of the person's own supporter. @throws Problem `platform.not_found` (404) */
export function getMaterial(book: Book, cover: CoverRow, id: string): MaterialRow {
  const found = book.materials.get(id);
  if (found?.caseId !== cover.caseId) throw new Problem('platform.not_found');
  return found;
}
