import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { keepChecklist, newestChecklists } from '../src/supervision/index.ts';

/** What only somebody with the inspectors' app can give. */
const evidence: readonly string[] = ['photo', 'place', 'signature'];

/** The checklists of the story's years: visits were told from paper, without photos, places or drawings. */
export async function keepPaperChecklists(tx: Tx, act: Act): Promise<void> {
  for (const { stage, content } of (await newestChecklists(tx, act)).values()) {
    const questions = content.questions.filter(({ kind }) => !evidence.includes(kind));
    await keepChecklist(tx, act, stage, { ...content, questions });
  }
}

/** From the end of the story on the house's own checklists ask again, evidence and all. */
export async function keepFieldChecklists(tx: Tx, act: Act): Promise<void> {
  const { provinceId: province } = act;
  const first = tx.selectFrom('checklists').select('stage').where('province_id', '=', province);
  const done = await first.where('version', '=', 3).execute();
  if (done.length > 0) return;
  const rows = await tx
    .selectFrom('checklists')
    .select(['stage', 'content'])
    .where('province_id', '=', province)
    .where('version', '=', 1)
    .execute();
  for (const { stage, content } of rows) {
    await keepChecklist(tx, act, stage as Stage, content as unknown as Content);
  }
}

type Stage = Parameters<typeof keepChecklist>[2];
type Content = Parameters<typeof keepChecklist>[3];
