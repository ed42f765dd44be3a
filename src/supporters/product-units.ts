import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Access } from './access.ts';
import { toGrains, type Unit } from './quantity-rules.ts';

/** The unit that a supporter's product or material is kept in. @throws Problem `platform.not_found` (404) */
export async function keptUnit(
  tx: Tx,
  { provinceId, caseId }: Access,
  table: 'work_products' | 'materials',
  id: string,
): Promise<Unit> {
  const row = await tx
    .selectFrom(table)
    .select('unit')
    .where('province_id', '=', provinceId)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row.unit as Unit;
}

/** A contract's lines as they came, with the promised amounts as grains of their products. */
export async function promisedGrains(
  tx: Tx,
  access: Access,
  lines: readonly { productId: string; rateRial: string; promised: string }[],
) {
  const found = [];
  for (const { productId, rateRial, promised } of lines) {
    const unit = await keptUnit(tx, access, 'work_products', productId);
    const grains = toGrains(promised, unit);
    found.push({ productId, rateRial: BigInt(rateRial), promisedGrains: grains });
  }
  return found;
}
