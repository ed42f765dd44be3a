import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { chanceOf, fingerprintOf } from '../../platform/chance.ts';
import {
  type Check,
  codedDifferences,
  countRows,
  differencesShown,
} from '../../platform/checks.ts';
import type { Tx } from '../../platform/database.ts';
import { rank } from './rules.ts';

type Row = { id: string; kept: string; recomputed: string };

/** An application stands where its standing steps left it, with the sales that they say. */
const applicationStates: Check = {
  name: 'market.stallApplications',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<Row>`
      select a.id, concat_ws(' ', a.state, coalesce(a.sales_rial, 0)) as kept,
        concat_ws(' ', h.state, h.sales) as recomputed
      from stall_applications a
      left join (
        select facts ->> 'application' as application,
          (array_agg(to_state order by seq desc) filter (where standing))[1] as state,
          coalesce(sum(sign * rial) filter (where verb = 'market.reportSales'), 0) as sales
        from (select i.*, i.sign = 1 and not exists (select 1 from history r
            where r.province_id = ${provinceId} and r.reverses = i.id) as standing
          from history i where i.province_id = ${provinceId} and i.facts ? 'application'
            and i.verb like 'market.%') s
        group by 1) h on h.application = a.id::text
      where a.province_id = ${provinceId} and (h.state is distinct from a.state
        or h.sales is distinct from coalesce(a.sales_rial, 0))
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'stall_applications', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

type Drawn = {
  id: string;
  fair_id: string;
  stall: number;
  points: number;
  rank: number;
  seed: string;
  fingerprint: string;
};

/** Every draw, done again from its seed; and the seed has the fingerprint that was announced. */
const draws: Check = {
  name: 'market.draws',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<Drawn>`
      select a.id, a.fair_id, a.stall, a.points, a.rank, f.seed, f.fingerprint
      from stall_applications a
      join fairs f on f.province_id = ${provinceId} and f.id = a.fair_id
      where a.province_id = ${provinceId} and a.rank is not null`.execute(tx);
    const wrong: Row[] = [];
    for (const group of Map.groupBy(rows, (row) => `${row.fair_id} ${row.stall}`).values()) {
      const order = rank(
        group.map((row) => {
          const code = encodeCode(provinceId, row.id);
          return { ...row, chance: chanceOf(row.seed, code) };
        }),
      );
      for (const [at, row] of order.entries()) {
        const right = fingerprintOf(row.seed) === row.fingerprint ? String(at + 1) : 'fingerprint';
        if (String(row.rank) !== right) {
          wrong.push({ id: row.id, kept: String(row.rank), recomputed: right });
        }
      }
    }
    const differences = codedDifferences(provinceId, wrong.slice(0, differencesShown));
    return { checked: rows.length, differences };
  },
};

export const bazaarChecks: readonly Check[] = [applicationStates, draws];
