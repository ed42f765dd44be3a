import { sql } from 'kysely';
import { encodeCode } from '../kit/code.ts';
import { type Check, codedDifferences, countRows, differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';
import { clearancesInRecord, clearancesOf } from './clearance-queries.ts';
import type { Clearance } from './decision-rules.ts';
import { issuingVerbs, permitSteps } from './rules.ts';

const verbs = Object.keys(permitSteps.steps);

/** A case's state is where the last standing step of its permit led. */
const caseStates: Check = {
  name: 'permits.states',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string; recomputed: string | null }>`
      select c.id, c.state as kept, h.state as recomputed
      from cases c left join (
        select distinct on (case_id) case_id,
          case when sign = 1 then to_state else coalesce(from_state, 'void') end as state
        from history where province_id = ${provinceId} and verb = any(${verbs}::text[])
        order by case_id, seq desc
      ) h on h.case_id = c.id
      where c.province_id = ${provinceId} and c.state is distinct from h.state
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'cases', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** Every permit was issued by a standing step that names its number, and the other way round. */
const permitNumbers: Check = {
  name: 'permits.numbers',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string | null; recomputed: string | null }>`
      select coalesce(p.case_id, h.case_id) as id, p.number as kept, h.number as recomputed
      from (select case_id, number from permits
        where province_id = ${provinceId} and taken_back_at is null) p
      full join (
        select case_id, facts ->> 'permit_number' as number from history i
        where province_id = ${provinceId} and verb = any(${[...issuingVerbs]}::text[]) and sign = 1
          and not exists (select 1 from history r
            where r.province_id = ${provinceId} and r.reverses = i.id)
      ) h on h.case_id = p.case_id
      where p.number is distinct from h.number limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'permits', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** The newest version of a permit says what its case's state makes of it, and its last day. */
const versions: Check = {
  name: 'permits.versions',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string; recomputed: string }>`
      select case_id as id, concat_ws(' ', version, kept, said_until) as kept,
        concat_ws(' ', version, status, valid_until) as recomputed
      from (
        select p.case_id, p.valid_until, v.version, v.status as kept, v.valid_until as said_until,
          case when p.taken_back_at is not null then 'void' when c.state = 'issued' then 'valid'
            when c.state in ('suspended', 'expired', 'revoked', 'ended') then c.state
            else coalesce(v.status, 'valid') end as status
        from permits p
        join cases c on c.province_id = ${provinceId} and c.id = p.case_id
        left join lateral (select version, status, valid_until from permit_versions v
          where v.province_id = ${provinceId} and v.permit_id = p.id
          order by version desc limit 1) v on true
        where p.province_id = ${provinceId}
      ) of_permit
      where kept is distinct from status or said_until is distinct from valid_until
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'permits', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/**
 * What no foreign key holds: the permit that a case points to is its own (a key would close a circle
 * with that of the permit to its case), and the step that a version names is one of its case (history
 * loses nothing, so only a wrong row could break it), and whoever sees a case sees what its permit said.
 */
const links: Check = {
  name: 'permits.links',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string }>`
      (select c.id, c.permit_id::text as kept from cases c
        where c.province_id = ${provinceId} and c.permit_id is not null
          and not exists (select 1 from permits p
            where p.province_id = ${provinceId} and p.id = c.permit_id and p.case_id = c.id)
        limit ${differencesShown})
      union all
      (select v.case_id, v.history_id::text from permit_versions v
        where v.province_id = ${provinceId}
          and not exists (select 1 from history h
            where h.province_id = ${provinceId} and h.id = v.history_id and h.case_id = v.case_id)
        limit ${differencesShown})
      union all
      (select v.case_id, concat_ws(' ', v.bank_id, array_to_string(v.clearing_ids, ' '))
        from permit_versions v
        join cases c on c.province_id = ${provinceId} and c.id = v.case_id
        where v.province_id = ${provinceId} and (v.person_id <> c.person_id
          or v.agency_id <> c.agency_id or v.bank_id is distinct from c.bank_id
          or v.clearing_ids is distinct from c.clearing_ids)
        limit ${differencesShown})`.execute(tx);
    const checked = await countRows(tx, 'cases', provinceId);
    const differences = rows.map((row) => ({ ...row, recomputed: null }));
    return { checked, differences: codedDifferences(provinceId, differences) };
  },
};

/** The clearances that are kept are those that the standing steps tell. */
const clearances: Check = {
  name: 'permits.clearances',
  async run(tx: Tx, provinceId: number) {
    const recorded = await clearancesInRecord(tx, provinceId);
    const kept = await clearancesOf(tx, provinceId);
    const ids = [...new Set([...recorded.keys(), ...kept.keys()])];
    const said = (list: readonly Clearance[] = []) =>
      JSON.stringify(
        list.map((one) => ({ ...one })).sort((a, b) => (a.bodyId < b.bodyId ? -1 : 1)),
      );
    const differences = ids.flatMap((id) => {
      const [is, shouldBe] = [said(kept.get(id)), said(recorded.get(id))];
      if (is === shouldBe) return [];
      return [{ what: encodeCode(provinceId, id), kept: is, recomputed: shouldBe }];
    });
    return { checked: ids.length, differences: differences.slice(0, differencesShown) };
  },
};

export const permitChecks: readonly Check[] = [
  caseStates,
  permitNumbers,
  versions,
  links,
  clearances,
];
