import { sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';

/** Where material goes: out to a person, into goods, back, or to waste. */
export type MovementKind = 'sent' | 'consumed' | 'returned' | 'scrap';

/** A movement of material, of the step that it was recorded with. */
export type Movement = {
  readonly stepId: string;
  readonly coverId: string;
  readonly materialId: string;
  readonly kind: MovementKind;
  readonly sign: 1 | -1;
  readonly grains: bigint;
  readonly happenedOn: string;
};

/**
 * Writes movements and moves the balances with them. Entries may come in any order of days: what a person
 * holds must not be below nothing at the end of any day, from the first movement to the last. The caller
 * has locked the supporters.
 * @throws Problem `supporters.material_short` (422) with the first day on which it would be
 */
export async function postMovements(
  tx: Tx,
  act: Act,
  movements: readonly Movement[],
): Promise<void> {
  if (movements.length === 0) return;
  await openBalances(tx, act.provinceId, movements);
  await insertMovements(tx, act, movements);
  await checkEveryDay(tx, act.provinceId, movements);
  await moveBalances(tx, act.provinceId, movements);
}

const pairs = (movements: readonly Movement[]) => {
  const of = <T>(pick: (one: Movement) => T) => movements.map(pick);
  return sql`unnest(${of((m) => m.coverId)}::uuid[], ${of((m) => m.materialId)}::uuid[])`;
};

async function openBalances(tx: Tx, provinceId: number, movements: readonly Movement[]) {
  await sql`
    insert into material_balances (province_id, cover_id, material_id)
    select distinct ${provinceId}::integer, i.cover_id, i.material_id
    from ${pairs(movements)} as i(cover_id, material_id)
    order by 2, 3 on conflict do nothing`.execute(tx);
}

async function insertMovements(tx: Tx, act: Act, movements: readonly Movement[]) {
  const of = <T>(pick: (one: Movement) => T) => movements.map(pick);
  await sql`
    insert into material_movements (province_id, step_id, material_id, cover_id, kind, sign, grains,
      happened_on, recorded_at)
    select ${act.provinceId}::integer, i.*, ${act.now}::timestamptz
    from unnest(${of((m) => m.stepId)}::uuid[], ${of((m) => m.materialId)}::uuid[],
      ${of((m) => m.coverId)}::uuid[], ${of((m) => m.kind)}::text[], ${of((m) => m.sign)}::smallint[],
      ${of((m) => m.grains.toString())}::bigint[], ${of((m) => m.happenedOn)}::date[]) as i`.execute(
    tx,
  );
}

async function checkEveryDay(tx: Tx, provinceId: number, movements: readonly Movement[]) {
  const { rows } = await sql<{ happened_on: string; name: string }>`
    select d.happened_on, t.name from (
      select m.cover_id, m.material_id, m.happened_on,
        sum(sum(case when m.kind = 'sent' then m.sign * m.grains else -m.sign * m.grains end))
          over (partition by m.cover_id, m.material_id order by m.happened_on) as held
      from material_movements m
      join (select distinct i.cover_id, i.material_id
        from ${pairs(movements)} as i(cover_id, material_id)) i
        on i.cover_id = m.cover_id and i.material_id = m.material_id
      where m.province_id = ${provinceId}
      group by m.cover_id, m.material_id, m.happened_on
    ) d
    join materials t on t.province_id = ${provinceId} and t.id = d.material_id
    where d.held < 0 order by d.happened_on limit 1`.execute(tx);
  const [short] = rows;
  if (!short) return;
  const given = short.happened_on;
  throw new Problem('supporters.material_short', { given, material: short.name });
}

async function moveBalances(tx: Tx, provinceId: number, movements: readonly Movement[]) {
  const of = <T>(pick: (one: Movement) => T) => movements.map(pick);
  const sum = (kind: MovementKind) =>
    sql`coalesce(sum(i.grains) filter (where i.kind = ${kind}), 0)::bigint`;
  await sql`
    update material_balances b set
      sent_grains = b.sent_grains + d.sent, consumed_grains = b.consumed_grains + d.consumed,
      returned_grains = b.returned_grains + d.returned, scrap_grains = b.scrap_grains + d.scrap,
      on_hand_grains = b.on_hand_grains + d.sent - d.consumed - d.returned - d.scrap
    from (
      select i.cover_id, i.material_id, ${sum('sent')} as sent, ${sum('consumed')} as consumed,
        ${sum('returned')} as returned, ${sum('scrap')} as scrap
      from unnest(${of((m) => m.coverId)}::uuid[], ${of((m) => m.materialId)}::uuid[],
        ${of((m) => m.kind)}::text[],
        ${of((m) => (BigInt(m.sign) * m.grains).toString())}::bigint[])
        as i(cover_id, material_id, kind, grains)
      group by i.cover_id, i.material_id
    ) d
    where b.province_id = ${provinceId} and b.cover_id = d.cover_id
      and b.material_id = d.material_id`.execute(tx);
}
