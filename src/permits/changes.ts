import { type Static, Type } from 'typebox';
import { encodeCode } from '../kit/code.ts';
import type { Tx } from '../platform/database.ts';
import {
  enqueueMany,
  type JobHandlers,
  type JobSurroundings,
  jobHandler,
} from '../platform/jobs.ts';
import { issuingVerbs, versionVerbs } from './rules.ts';

const PermitChange = Type.Object({
  provinceId: Type.Integer(),
  code: Type.String(),
  verb: Type.String(),
  takenBack: Type.Boolean(),
});

/** What happened to a permit that had been issued: the case's code, the verb, or that it was taken back. */
export type PermitChange = Static<typeof PermitChange>;

/** A later slice that has to act when a permit changes (a loan is called in, a stall is closed). It may be told twice. */
export type PermitSubscriber = (change: PermitChange, around: JobSurroundings) => Promise<void>;

const announced: readonly string[] = versionVerbs.filter(
  (verb) => !(issuingVerbs as readonly string[]).includes(verb),
);

/** Tells later slices, after the commit, that permits have changed; other verbs tell nobody. */
export async function announceChanges(
  tx: Tx,
  provinceId: number,
  verb: string,
  caseIds: readonly string[],
  takenBack = false,
): Promise<void> {
  if (!announced.includes(verb)) return;
  const jobs = caseIds.map((id) => ({
    name: 'permits.changed',
    payload: { provinceId, code: encodeCode(provinceId, id), verb, takenBack },
  }));
  await enqueueMany(tx, jobs);
}

/** The job behind {@link announceChanges}: every subscriber in turn; the job is tried again if one fails. */
export function permitChangeJobs(subscribers: readonly PermitSubscriber[]): JobHandlers {
  return {
    'permits.changed': jobHandler(PermitChange, async (change, around) => {
      for (const tell of subscribers) await tell(change, around);
      around.log.debug({ verb: change.verb, told: subscribers.length }, 'a permit changed');
    }),
  };
}
