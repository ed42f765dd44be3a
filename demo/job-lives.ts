import { hash } from 'node:crypto';
import { sql } from 'kysely';
import {
  confirmAlive,
  drawRechecks,
  endJobs,
  recheckJobs,
  verifyJobs,
  writeEvidence,
} from '../src/employment/index.ts';
import { addDays, addJalaliYears, type IsoDate } from '../src/kit/jalali.ts';
import type { Act } from '../src/platform/history.ts';
import type { Relation } from './case-story.ts';
import { readDemoText } from './reference.ts';
import type { Scene } from './scene.ts';
import { SEED } from './story.ts';

/** What is written of jobs: invented. */
const words = JSON.parse(readDemoText('jobs.json')) as {
  readonly contracts: Readonly<Record<Relation, string>>;
  readonly heard: readonly string[];
  readonly seen: readonly string[];
  readonly lived: string;
  readonly agrees: string;
  readonly disagrees: string;
  readonly ended: string;
};

/** How long after its registration a job is looked at, at the latest; days. */
const LOOKED_AFTER = 21;
/** How many of a hundred are found at work, by phone or on a visit; the others have not been reached yet. */
const FOUND = 72;
/** How many of a hundred second looks do not bear the first out, and how many are still to be made. */
const DISAGREES = 5;
const OPEN = 12;
/** How many of a thousand verified jobs have ended by the end of the story. */
const ENDED = 15;

type Known = { readonly id: string; readonly mark: string };

/** A number below `most` that is a person's own, whatever order their jobs come in. */
function chanceOf({ mark }: Known, what: string, most: number): number {
  return Number.parseInt(hash('sha256', `${SEED} ${what} ${mark}`, 'hex').slice(0, 8), 16) % most;
}

const pick = (texts: readonly string[], one: Known) =>
  texts[chanceOf(one, 'words', texts.length)] ?? '';

/** What each of the registered jobs is shown by, from the desk that registered it. */
export async function showContracts(
  { tx }: Scene,
  act: Act,
  jobs: readonly { readonly id: string; readonly relation: Relation; readonly on: string }[],
): Promise<void> {
  const kind = 'contract' as const;
  const evidence = jobs.map(({ id: jobId, relation, on: seenOn }) => {
    return { jobId, kind, detail: words.contracts[relation], seenOn };
  });
  await writeEvidence(tx, act, evidence);
}

/** Jobs in a state whose registration lies between two days, each with what is its person's own. */
async function jobsBetween({ tx }: Scene, act: Act, state: string, from: string, to: string) {
  const { rows } = await sql<Known & { startedOn: string }>`
    select j.id, p.national_id as mark, j.started_on as "startedOn" from jobs j
    join people p on p.province_id = j.province_id and p.id = j.person_id
    where j.province_id = ${act.provinceId} and j.taken_back_at is null and j.state = ${state}
      and j.registered_on between ${from}::date and ${to}::date order by j.id`.execute(tx);
  return rows;
}

/** The inspectors look for those who were registered some weeks ago; most are found. */
export async function verifyDue(scene: Scene, act: Act, day: string): Promise<void> {
  const to = addDays(day as IsoDate, -LOOKED_AFTER);
  const due = await jobsBetween(scene, act, 'registered', addDays(to, -6), to);
  const found = due.filter((one) => chanceOf(one, 'found', 100) < FOUND);
  const seen = found.map((one) => {
    const through = chanceOf(one, 'way', 3) === 0 ? ('visit' as const) : ('phone' as const);
    const detail = pick(through === 'visit' ? words.seen : words.heard, one);
    return { jobId: one.id, through, detail };
  });
  if (seen.length > 0) await verifyJobs(scene.tx, act, seen);
}

/**
 * At the end: a draw for a second look by the directorate, what it found, which jobs are a year old and
 * alive, and which have ended.
 */
export async function lookAgain(
  scene: Scene,
  at: (role: 'director' | 'officer' | 'inspector') => Act,
): Promise<void> {
  const { tx, reference } = scene;
  const director = at('director');
  // A demonstration of desks alone has no jobs to look at.
  const verified = tx.selectFrom('jobs').select('id').where('state', '=', 'verified').limit(1);
  if ((await verified.execute()).length === 0) return;
  await drawRechecks(tx, director, reference, SEED);
  const { rows } = await sql<Known>`
    select r.job_id as id, p.national_id as mark from job_rechecks r
    join jobs j on j.province_id = r.province_id and j.id = r.job_id
    join people p on p.province_id = j.province_id and p.id = j.person_id
    where r.province_id = ${director.provinceId} and r.drawn order by r.job_id`.execute(tx);
  const looked = rows.filter((one) => chanceOf(one, 'open', 100) >= OPEN);
  const inputs = looked.map((one) => {
    const agrees = chanceOf(one, 'agrees', 100) >= DISAGREES;
    return { jobId: one.id, agrees, note: agrees ? words.agrees : words.disagrees };
  });
  await recheckJobs(tx, at('officer'), inputs);
  const open = new Set(rows.filter((one) => !looked.includes(one)).map(({ id }) => id));
  await liveOn(scene, at('inspector'), open);
}

async function liveOn(scene: Scene, act: Act, open: ReadonlySet<string>): Promise<void> {
  const { tx, reference } = scene;
  const verified = await jobsBetween(scene, act, 'verified', '0001-01-01', act.today);
  const free = verified.filter(({ id }) => !open.has(id));
  const ended = free.filter((one) => chanceOf(one, 'ended', 1000) < ENDED);
  const aYearAgo = addJalaliYears(act.today as IsoDate, -1);
  const old = free.filter((one) => one.startedOn <= aYearAgo && !ended.includes(one));
  const lived = old.map(({ id: jobId }) => {
    return { jobId, through: 'phone' as const, detail: words.lived };
  });
  await confirmAlive(tx, act, reference, lived);
  const ends = ended.map(({ id: jobId }) => {
    return { jobId, reason: words.ended, endedOn: act.today };
  });
  await endJobs(tx, act, ends);
}
