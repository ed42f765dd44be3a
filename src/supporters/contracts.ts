import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Reference, settingOn } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { supporterCounts } from './counts.ts';
import { openBook } from './ledger/book.ts';
import { type CoverRow, lockCover, type SupporterRow, supporterStep } from './ledger/lock.ts';
import { type DeductionKind, deductionKinds } from './pay-rules.ts';
import { type ContractState, contractSteps, coverSteps } from './rules.ts';
import { tellCovered } from './tell.ts';

/** What a supporter offers a person: rates by product, what it promises to buy each month, when it pays. */
export type OfferInput = {
  readonly coverId: string;
  readonly fromOn: string;
  readonly payWithinDays?: number | undefined;
  readonly deductions: readonly string[];
  readonly lines: readonly {
    readonly productId: string;
    readonly rateRial: bigint;
    readonly promisedGrains: bigint;
  }[];
};

/**
 * Offers a contract, the next version of it where there is one; the offer is the supporter's signature.
 * @returns its id
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supporters.not_approved` (409),
 * `supporters.contract_open` (409), `supporters.no_lines`, `supporters.pay_too_late`, `supporters.not_listed` (422)
 */
export async function offerContract(
  tx: Tx,
  act: Act,
  { reference, publicUrl }: { reference: Reference; publicUrl: string },
  input: OfferInput,
): Promise<string> {
  const { supporter, cover } = await lockCover(tx, act.provinceId, input.coverId);
  if (supporter.state !== 'approved') throw new Problem('supporters.not_approved');
  nextState(coverSteps, 'supporters.sign', cover.state);
  const terms = termsOf(act, reference, input);
  const one = new Map([[supporter.caseId, supporter]]);
  const book = await openBook(tx, act.provinceId, one, new Map([[cover.id, cover]]));
  if (input.lines.some(({ productId }) => !book.products.has(productId))) {
    throw new Problem('platform.not_found');
  }
  const id = uuid7(act.now.getTime());
  const version = await insertContract(tx, act, cover, { id, input, ...terms });
  const facts = { contract: id, version, digest: terms.digest.toString('hex') };
  const said = { verb: 'supporters.offer', from: null, to: 'offered', facts } as const;
  await recordSteps(tx, act, supporterCounts, [stepToday(act, supporter, cover, said)]);
  await tellCovered(tx, act, publicUrl, 'offered', [cover.id]);
  return id;
}

function stepToday(
  act: Act,
  supporter: SupporterRow,
  cover: CoverRow,
  said: Pick<Step, 'verb' | 'from' | 'to' | 'facts'>,
): Step {
  return supporterStep(supporter, { ...said, happenedOn: act.today }, cover);
}

/** Checks the terms against the dated limits, and freezes them into a digest. */
function termsOf(act: Act, reference: Reference, input: OfferInput) {
  const setting = (name: string) =>
    Number(settingOn(reference, `supporters.${name}`, act.provinceId, act.today));
  const most = setting('pay_within');
  const payWithinDays = input.payWithinDays ?? most;
  if (payWithinDays > most) throw new Problem('supporters.pay_too_late', { limit: most });
  if (input.lines.length === 0) throw new Problem('supporters.no_lines');
  const deductions = [...new Set(input.deductions)].sort();
  if (deductions.some((kind) => !deductionKinds.includes(kind as DeductionKind))) {
    throw new Problem('supporters.not_listed');
  }
  const limitBp = setting('deduction_limit');
  const lines = input.lines
    .map((one) => [one.productId, String(one.rateRial), String(one.promisedGrains)])
    .sort();
  const content = [input.coverId, input.fromOn, payWithinDays, limitBp, deductions, lines];
  const digest = createHash('sha256').update(JSON.stringify(content)).digest();
  return { payWithinDays, deductions, limitBp, digest };
}

async function insertContract(
  tx: Tx,
  act: Act,
  cover: CoverRow,
  it: { id: string; input: OfferInput } & ReturnType<typeof termsOf>,
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into contracts (province_id, id, case_id, cover_id, version, from_on, state, pay_within_days,
      deductions, deduction_limit_bp, digest, supporter_signed_at, supporter_signed_by)
    select ${act.provinceId}::integer, ${it.id}::uuid, ${cover.caseId}::uuid, ${cover.id}::uuid,
      1 + coalesce((select max(c.version) from contracts c where c.province_id = ${act.provinceId}::integer
        and c.cover_id = ${cover.id}::uuid), 0), ${it.input.fromOn}::date, 'offered',
      ${it.payWithinDays}::integer, ${it.deductions}::text[], ${it.limitBp}::integer, ${it.digest}::bytea,
      ${act.now}::timestamptz, ${act.actorId}::uuid
    returning version`.execute(tx);
  const lines = it.input.lines.map((line) => ({
    ...{ province_id: act.provinceId, contract_id: it.id, product_id: line.productId },
    ...{ rate_rial: line.rateRial, promised_grains: line.promisedGrains },
  }));
  await tx.insertInto('contract_lines').values(lines).execute();
  return rows[0]?.version ?? 0;
}

/** The steps that a person or the agency takes on an offer. */
export type AnswerVerb = 'supporters.accept' | 'supporters.decline' | 'supporters.sign';

/**
 * The covered person accepts or declines an offer, or the agency signs what was accepted: then it is in
 * force, and the person covered.
 * @param ownApplication a covered person has to have applied for a permit of their own, by the day's rule
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `supporters.no_application` (409)
 */
export async function answerOffer(
  tx: Tx,
  act: Act,
  verb: AnswerVerb,
  { coverId, ownApplication }: { coverId: string; ownApplication: boolean },
): Promise<void> {
  const { supporter, cover } = await lockCover(tx, act.provinceId, coverId);
  const it = await openContract(tx, act.provinceId, coverId);
  const to = nextState(contractSteps, verb, it.state as ContractState);
  const facts = { contract: it.id, version: it.version, digest: it.digest.toString('hex') };
  const steps = [stepToday(act, supporter, cover, { verb, from: it.state, to, facts })];
  if (verb === 'supporters.sign') {
    const state = nextState(coverSteps, verb, cover.state);
    const ownCaseId = cover.ownCaseId ?? (await ownCase(tx, act.provinceId, cover.personId));
    if (ownApplication && ownCaseId === null) throw new Problem('supporters.no_application');
    const signed = { verb, from: cover.state, to: state, facts };
    steps.splice(0, 1, stepToday(act, supporter, cover, signed));
    await saveCover(tx, act, cover, { state, ownCaseId });
  }
  await saveAnswer(tx, act, it.id, { verb, to });
  await recordSteps(tx, act, supporterCounts, steps);
}

async function saveCover(
  tx: Tx,
  act: Act,
  cover: CoverRow,
  { state, ownCaseId }: { state: string; ownCaseId: string | null },
): Promise<void> {
  const since = state === cover.state ? {} : { state, state_since: act.today };
  await tx
    .updateTable('covers')
    .set({ ...since, own_case_id: ownCaseId })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', cover.id)
    .execute();
}

async function saveAnswer(
  tx: Tx,
  act: Act,
  id: string,
  { verb, to }: { verb: AnswerVerb; to: string },
): Promise<void> {
  const at = { at: act.now, by: act.actorId };
  const signed =
    verb === 'supporters.accept'
      ? { covered_signed_at: at.at, covered_signed_by: at.by }
      : verb === 'supporters.sign'
        ? { agency_signed_at: at.at, agency_signed_by: at.by }
        : {};
  await tx
    .updateTable('contracts')
    .set({ state: to, ...signed })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .execute();
}

async function openContract(tx: Tx, provinceId: number, coverId: string) {
  const row = await tx
    .selectFrom('contracts')
    .select(['id', 'state', 'version', 'digest'])
    .where('province_id', '=', provinceId)
    .where('cover_id', '=', coverId)
    .where('state', 'in', ['offered', 'accepted'])
    .executeTakeFirst();
  if (!row) throw new Problem('supporters.no_offer');
  return row;
}

async function ownCase(tx: Tx, provinceId: number, personId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('cases')
    .select('id')
    .where('province_id', '=', provinceId)
    .where('person_id', '=', personId)
    .where('kind', '=', 'covered')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}
