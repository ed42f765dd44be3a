import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import { supporterCounts } from './counts.ts';
import {
  type CoverRow,
  getCovers,
  lockSupporters,
  type SupporterRow,
  supporterStep,
} from './ledger/lock.ts';
import { coverSteps } from './rules.ts';

/** A three-party contract that was signed on paper before the supporter came here. */
export type PaperContract = {
  readonly coverId: string;
  readonly fromOn: string;
  readonly payWithinDays: number;
  readonly deductions: readonly string[];
  readonly deductionLimitBp: number;
  readonly productId: string;
  readonly rateRial: bigint;
  readonly promisedGrains: bigint;
};

type Entered = PaperContract & {
  readonly id: string;
  readonly cover: CoverRow;
  readonly digest: Buffer;
};

/**
 * Enters contracts as the first version of each person's, in force from their day: all three names stand on
 * the paper, and whoever enters it vouches for them. Needs a transaction that sees the whole province.
 * @throws Problem `platform.not_found`, `platform.wrong_state`
 */
export async function enterContracts(
  tx: Tx,
  act: Act,
  inputs: readonly PaperContract[],
): Promise<void> {
  if (inputs.length === 0) return;
  const covers = await getCovers(
    tx,
    act.provinceId,
    inputs.map(({ coverId }) => coverId),
  );
  const cases = [...new Set([...covers.values()].map(({ caseId }) => caseId))];
  const supporters = await lockSupporters(tx, act.provinceId, cases);
  const entered = inputs.map((input): Entered => {
    const cover = covers.get(input.coverId) as CoverRow;
    nextState(coverSteps, 'supporters.sign', cover.state);
    return { ...input, id: uuid7(act.now.getTime()), cover, digest: digestOf(input) };
  });
  await insertContracts(tx, act, entered);
  const steps = entered.map(({ id, cover, fromOn, digest }) => {
    const facts = { contract: id, version: 1, digest: digest.toString('hex'), paper: true };
    const said = { verb: 'supporters.sign', from: cover.state, to: 'covered', facts };
    const supporter = supporters.get(cover.caseId) as SupporterRow;
    return supporterStep(supporter, { ...said, happenedOn: fromOn }, cover);
  });
  await recordSteps(tx, act, supporterCounts, steps);
}

function digestOf({ coverId, fromOn, payWithinDays, deductionLimitBp, ...it }: PaperContract) {
  const line = [it.productId, String(it.rateRial), String(it.promisedGrains)];
  const content = [coverId, fromOn, payWithinDays, deductionLimitBp, it.deductions, [line]];
  return createHash('sha256').update(JSON.stringify(content)).digest();
}

async function insertContracts(tx: Tx, act: Act, entered: readonly Entered[]): Promise<void> {
  const signed = { supporter_signed_at: act.now, covered_signed_at: act.now };
  const contracts = entered.map((one) => ({
    ...{ province_id: act.provinceId, id: one.id, case_id: one.cover.caseId, version: 1 },
    ...{ cover_id: one.coverId, from_on: one.fromOn, state: 'in_force' },
    ...{ pay_within_days: one.payWithinDays, deductions: [...one.deductions] },
    ...{ deduction_limit_bp: one.deductionLimitBp, digest: one.digest, ...signed },
    ...{ agency_signed_at: act.now, agency_signed_by: act.actorId },
  }));
  const lines = entered.map((one) => ({
    ...{ province_id: act.provinceId, contract_id: one.id, product_id: one.productId },
    ...{ rate_rial: one.rateRial, promised_grains: one.promisedGrains },
  }));
  await tx.insertInto('contracts').values(contracts).execute();
  await tx.insertInto('contract_lines').values(lines).execute();
  await sql`
    update covers set state = 'covered', state_since = ${act.today}::date
    where province_id = ${act.provinceId}
      and id = any(${entered.map(({ coverId }) => coverId)}::uuid[])`.execute(tx);
}
