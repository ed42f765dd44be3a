import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { decodeCode, encodeCode } from '../../src/kit/code.ts';
import type { Scene } from './scene.ts';

/** What the later slices keep of the scene's case. */
export type Filled = {
  /** A code for each kind of address, by its second part: `/api/visits/…`. */
  readonly codes: Readonly<Record<string, string>>;
  /** The code of its plan, as banks' systems have it. */
  readonly plan: string;
  /** What only this case has, in any answer that tells of it. */
  readonly marks: readonly string[];
};

/** Makes a visit, a stall, a member, a job and a second look at the job of the scene's case. */
export async function fillSlices({ house, code, personId, marks }: Scene): Promise<Filled> {
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const own = await house.signIn({ role: 'citizen', personId });
  const visit = await director.post(`/api/cases/${code}/visits`, { stage: 'before' });
  const stall = await own.post('/api/stalls', { caseCode: code, name: 'غرفهٔ یگانه‌نشان' });
  if (visit.status !== 201 || stall.status !== 201) {
    throw new Error(JSON.stringify([visit.body, stall.body]));
  }
  const { plan, job, draw } = await hangOnPlan({ house, code, personId });
  const codes = {
    ...{ visits: visit.body.code, stalls: stall.body.code, 'my-stalls': stall.body.code },
    ...{ jobs: encodeCode(4, job), 'my-jobs': encodeCode(4, job) },
    ...{ 'job-rechecks': encodeCode(4, draw), cases: code, permits: code, plans: code },
  };
  const { 'job-rechecks': _notOfOneCase, ...ofCase } = codes;
  const ownMarks = [...Object.values(ofCase), plan, encodeCode(4, plan)];
  return { codes, plan: encodeCode(4, plan), marks: [...marks, ...ownMarks] };
}

/** Nothing is paid in the scene, so these are written as the acts would. */
function hangOnPlan({ house, code, personId }: Pick<Scene, 'house' | 'code' | 'personId'>) {
  const caseId = decodeCode(code)?.id ?? '';
  const [job, draw, member] = [randomUUID(), randomUUID(), randomUUID()];
  return house.database.migratorTransaction(async (tx) => {
    const { rows } = await sql<{ plan: string; step: string }>`
      select p.id as plan, h.id as step from plans p join history h on h.case_id = p.case_id
      where p.province_id = 4 and h.province_id = 4 and p.case_id = ${caseId} limit 1`.execute(tx);
    const { plan = '', step = '' } = rows[0] ?? {};
    await sql`insert into memberships (province_id, id, plan_id, holder_id, person_id, agency_id, since)
      values (4, ${member}, ${plan}, ${personId}, ${personId}, 'AGRI', '2022-06-22')`.execute(tx);
    await sql`insert into jobs (province_id, id, plan_id, case_id, holder_id, person_id, relation,
        agency_id, bank_id, started_on, registered_on, state)
      values (4, ${job}, ${plan}, ${caseId}, ${personId}, ${personId}, 'holder', 'AGRI', 'MELLAT',
        '2022-06-22', '2022-06-22', 'registered')`.execute(tx);
    await sql`insert into recheck_draws (province_id, id, seed, share_bp, drawn_on, recorded_at)
      values (4, ${draw}, 'x', 1000, '2022-06-22', now())`.execute(tx);
    await sql`insert into job_rechecks (province_id, draw_id, verify_step_id, job_id, drawn)
      values (4, ${draw}, ${step}, ${job}, true)`.execute(tx);
    return { plan, job, draw };
  });
}
