import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { findShown } from '../bulletins/public.ts';
import { findComment } from './queries.ts';

type Written = {
  readonly number: string;
  readonly version: number;
  readonly parentId: string | undefined;
  readonly text: string;
};

/**
 * Takes a reader's comment on a public version. It waits for somebody of the office to read it.
 * @throws Problem `publishing.unknown_bulletin` (404), `platform.bad_request`, `publishing.comment_not_shown` (409)
 */
export async function writeComment(tx: Tx, act: Act, written: Written): Promise<void> {
  const { provinceId, now } = act;
  const body = normaliseText(written.text);
  if (body === '') throw new Problem('platform.bad_request');
  const { number } = written;
  const shown = await findShown(tx, { provinceId, number, version: String(written.version), now });
  if (!shown) throw new Problem('publishing.unknown_bulletin', { number });
  const { bulletin } = shown.version;
  const at = { bulletin_id: bulletin.id, version: written.version };
  if (written.parentId !== undefined) await demandParent(tx, provinceId, written.parentId, at);
  await insert(tx, act, {
    ...at,
    ...{ body, parent_id: written.parentId ?? null, state: 'waiting' as const },
  });
}

type Place = { readonly bulletin_id: string; readonly version: number };

/** Only what is shown can be answered, and only where it stands. */
async function demandParent(tx: Tx, provinceId: number, id: string, at: Place): Promise<void> {
  const parent = await findComment(tx, provinceId, id);
  const shown =
    parent?.state === 'approved' &&
    parent.bulletin_id === at.bulletin_id &&
    parent.version === at.version;
  if (!shown) throw new Problem('publishing.comment_not_shown');
}

type NewRow = Place & {
  readonly body: string;
  readonly parent_id: string | null;
  readonly state: 'waiting' | 'approved';
  readonly office_account_id?: string | null;
  readonly decided_by?: string | null;
  readonly decided_at?: Date;
};

async function insert(tx: Tx, { provinceId, now }: Act, row: NewRow): Promise<void> {
  const id = uuid7(now.getTime());
  await tx
    .insertInto('bulletin_comments')
    .values({ province_id: provinceId, id, written_at: now, ...row })
    .execute();
}

/**
 * Shows a comment, or keeps it away with the reason.
 * @throws Problem `platform.not_found`, `publishing.comment_decided` (409),
 * `publishing.refusal_reason_missing` (422)
 */
export async function decideComment(
  tx: Tx,
  act: Act,
  { id, verdict, reason = '' }: { id: string; verdict: 'approved' | 'refused'; reason?: string },
): Promise<void> {
  const why = normaliseText(reason);
  if (verdict === 'refused' && why === '') {
    throw new Problem('publishing.refusal_reason_missing');
  }
  const comment = await findComment(tx, act.provinceId, id, true);
  if (!comment) throw new Problem('platform.not_found');
  if (comment.state !== 'waiting') throw new Problem('publishing.comment_decided');
  await tx
    .updateTable('bulletin_comments')
    .set({ state: verdict, decided_by: act.actorId, decided_at: act.now, reason: why || null })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .execute();
}

/**
 * The office's answer below a comment that is shown; it is shown at once.
 * @throws Problem `platform.not_found`, `publishing.comment_not_shown` (409)
 */
export async function answerComment(
  tx: Tx,
  act: Act,
  { id, text }: { id: string; text: string },
): Promise<void> {
  const comment = await findComment(tx, act.provinceId, id);
  if (!comment) throw new Problem('platform.not_found');
  if (comment.state !== 'approved') throw new Problem('publishing.comment_not_shown');
  await insert(tx, act, {
    ...{ bulletin_id: comment.bulletin_id, version: comment.version, parent_id: id },
    ...{ body: normaliseText(text), state: 'approved' },
    ...{ office_account_id: act.actorId, decided_by: act.actorId, decided_at: act.now },
  });
}
