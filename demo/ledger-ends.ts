import { sql } from 'kysely';
import { addDays, isoDate } from '../src/kit/jalali.ts';
import { isProblem } from '../src/kit/problem.ts';
import type { Act } from '../src/platform/history.ts';
import {
  answerOffer,
  answerReceipt,
  declareDefault,
  offerContract,
} from '../src/supporters/index.ts';
import { deskKey } from './carry-out.ts';
import { words } from './goods.ts';
import type { Worker } from './ledgers.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import type { Scene } from './scene.ts';
import { toldUrl } from './told-url.ts';

/** The account with which a person signs in, where they have one; they are the covered person, or the supporter. */
async function accountOf({ tx }: Scene, of: 'covers' | 'supporters', id: string) {
  const key = sql.ref(of === 'covers' ? 'o.id' : 'o.case_id');
  const { rows } = await sql<{ id: string }>`
    select a.id from ${sql.table(of)} o
    join accounts a on a.province_id = ${PROVINCE_ID} and a.person_id = o.person_id
    where o.province_id = ${PROVINCE_ID} and ${key} = ${id}::uuid limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

async function agencyOf({ tx }: Scene, caseId: string): Promise<string> {
  const row = await tx
    .selectFrom('supporters')
    .select('agency_id')
    .where('province_id', '=', PROVINCE_ID)
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  return row.agency_id;
}

/**
 * The shown supporter raises its rate by a tenth: the first of its people signed the new version and so did
 * the agency, the second has not answered yet and works by the one before.
 */
export async function offerMore(scene: Scene, act: Act, workers: readonly Worker[]): Promise<void> {
  const { tx, reference } = scene;
  for (const [at, worker] of workers.slice(0, 2).entries()) {
    const { coverId, caseId, productId, good } = worker;
    const signer = { ...act, organisationId: null };
    const supporter = { ...signer, actorId: await accountOf(scene, 'supporters', caseId) };
    const rateRial = BigInt(good.rate) + BigInt(good.rate) / 10n;
    await offerContract(
      tx,
      supporter,
      { reference, publicUrl: toldUrl },
      {
        ...{ coverId, fromOn: addDays(isoDate(act.today), 10), payWithinDays: 7 },
        ...{ deductions: ['advance', 'tool'] },
        lines: [{ productId, rateRial, promisedGrains: good.monthGrains }],
      },
    );
    if (at > 0) continue;
    const covered = { ...signer, actorId: await accountOf(scene, 'covers', coverId) };
    const of = { coverId, ownApplication: false };
    await answerOffer(tx, covered, 'supporters.accept', of);
    const agencyId = await agencyOf(scene, caseId);
    const desk = { role: 'expert', organisationId: agencyId } as const;
    const expert = { actorId: scene.accounts[deskKey(desk)] ?? null, organisationId: agencyId };
    await answerOffer(tx, { ...act, ...expert }, 'supporters.sign', of);
  }
}

/** Of the payments that people were asked about, the second came, the third did not, the fourth was less. */
export async function answerPayments({ tx }: Scene, act: Act): Promise<void> {
  const asked = await tx
    .selectFrom('pay_receipts as r')
    .innerJoin('pay_entries as e', (join) =>
      join.onRef('e.step_id', '=', 'r.step_id').on('e.province_id', '=', PROVINCE_ID),
    )
    .select(['r.step_id', 'r.cover_id', 'e.amount_rial'])
    .where('r.province_id', '=', PROVINCE_ID)
    .where('r.answer', 'is', null)
    .orderBy('r.step_id')
    .execute();
  const answers = ['came', 'not_came', 'other_sum'] as const;
  for (const [at, answer] of answers.entries()) {
    const one = asked[at + 1];
    if (!one) return;
    const of = { coverId: one.cover_id, stepId: one.step_id, answer };
    const sum = answer === 'other_sum' ? { amountRial: one.amount_rial / 2n } : {};
    await answerReceipt(tx, act, { ...of, ...sum });
  }
}

/**
 * The director declares those in default who bought too little and paid nobody, where the rule allows it;
 * their people look for another supporter, and some have a place.
 */
export async function declareDefaults(
  { tx, reference }: Scene,
  director: Act,
  bad: ReadonlySet<string>,
): Promise<void> {
  for (const caseId of bad) {
    try {
      const said = { caseId, reason: words.default };
      await declareDefault(tx, director, { reference, publicUrl: toldUrl }, said);
    } catch (error) {
      // It began too late to have broken its word for as many months as the rule asks.
      if (!isProblem(error) || error.code !== 'supporters.no_default') throw error;
    }
  }
}
