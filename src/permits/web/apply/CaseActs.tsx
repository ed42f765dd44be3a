import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form, TextArea, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import type { Case } from '../case.ts';
import { useWords, wordFor } from '../words.ts';
import { applicationQuery } from './application.ts';
import { CorrectedFields, correctedOf } from './CorrectedFields.tsx';
import { DocumentSlot, sentUnder } from './DocumentSlot.tsx';
import { useApplyWords } from './words.ts';

const paths = {
  withdraw: '/api/permits/{code}/withdraw',
  object: '/api/permits/{code}/object',
} as const;

/** Takes one of the applicant's steps; the page is then asked for anew. */
function useStep(it: Case, verb: keyof typeof paths) {
  const queries = useQueryClient();
  return useWrite(
    ({ reason = '' }: Values, opId) =>
      answer(
        api.POST(paths[verb], {
          params: { path: { code: it.code } },
          body: { reason },
          headers: withKey(opId),
        }),
      ),
    async () => {
      await queries.invalidateQueries();
    },
  );
}

/** Sends the correction: the fields that were named, anew, and a note. */
function useCorrection(it: Case) {
  const t = useApplyWords();
  const queries = useQueryClient();
  return useWrite(
    async (values: Values, opId) =>
      answer(
        api.POST('/api/permits/{code}/correct', {
          params: { path: { code: it.code } },
          body: correctedOf(it, values, t('identity.birthWrong')),
          headers: withKey(opId),
        }),
      ),
    async () => {
      await queries.invalidateQueries();
    },
  );
}

/** Whether an act is open to the reader now. */
export const isOpen = (it: Case, verb: string): boolean =>
  it.acts.some((act) => act.verb === verb && act.enabled);

type Item = NonNullable<Case['history'][number]['items']>[number];

/** What was sent back: exactly the items that were asked for, each with its place to be sent anew. */
export function Correction({ it }: { it: Case }) {
  const t = useApplyWords();
  const say = useWords();
  const { label } = useFormats();
  const write = useCorrection(it);
  const asked = it.history.findLast(
    ({ verb, takenBack }) => verb === 'permits.returnForCorrection' && !takenBack,
  );
  const items = asked?.items ?? [];
  const fields = new Set(items.flatMap(({ field }) => field ?? []));
  return (
    <Sheet title={t('case.correction')} id="correction">
      {asked?.reason ? <p className="whitespace-pre-line font-semibold">{asked.reason}</p> : null}
      <ul className="list-disc ps-6">
        {items.map((item) => (
          <li key={`${item.number} ${item.field} ${item.note}`}>
            {item.field ? `${wordFor(say, 'field', item.field)}:` : label(item.label)} {item.note}
          </li>
        ))}
      </ul>
      <AskedDocuments it={it} items={items} />
      <Form write={write} submit={t('case.correct')}>
        <CorrectedFields it={it} asked={fields} />
        <TextArea name="reason" label={t('case.note')} hint={t('case.noteHint')} optional />
      </Form>
    </Sheet>
  );
}

function AskedDocuments({ it, items }: { it: Case; items: readonly Item[] }) {
  const { label } = useFormats();
  const queries = useQueryClient();
  const { data } = useQuery(applicationQuery(it.code));
  const documents = (data?.about.documents ?? []).filter(({ number }) =>
    items.some((item) => item.number === number),
  );
  // An office that named no document leaves the choice to the applicant.
  const shown = items.length > 0 ? documents : (data?.about.documents ?? []);
  const done = () => queries.invalidateQueries({ queryKey: applicationQuery(it.code).queryKey });
  return (
    <ul>
      {shown.map((one) => (
        <DocumentSlot
          key={one.number}
          name={label(one.label)}
          target={{ case: it.code, number: one.number }}
          sent={sentUnder(data?.documents ?? [], one.number)}
          onDone={() => void done()}
        />
      ))}
    </ul>
  );
}

/** Why it was refused, by number, and the way to object. */
export function Refusal({ it }: { it: Case }) {
  const t = useApplyWords();
  const { label, digits } = useFormats();
  const write = useStep(it, 'object');
  const refusal = it.history.findLast(
    ({ verb, takenBack }) => verb === 'permits.refuse' && !takenBack,
  );
  const unmet = refusal?.unmet ?? [];
  return (
    <Sheet title={t('case.refusal')} id="refusal">
      <ul className="list-disc ps-6">
        {unmet.map((one) => (
          <li key={one.number}>{`${digits(one.number)}. ${label(one.label)}`}</li>
        ))}
      </ul>
      {refusal?.reason ? <p className="whitespace-pre-line">{refusal.reason}</p> : null}
      {isOpen(it, 'permits.object') ? (
        <div className="pt-4">
          <Form write={write} submit={t('case.object')}>
            <TextArea name="reason" label={t('case.reason')} hint={t('case.objectHint')} />
          </Form>
        </div>
      ) : null}
    </Sheet>
  );
}

/** The way out, asked about twice. */
export function Withdraw({ it }: { it: Case }) {
  const t = useApplyWords();
  const write = useStep(it, 'withdraw');
  const [sure, setSure] = useState(false);
  if (!sure) {
    return (
      <Button look="quiet" onPress={() => setSure(true)}>
        {t('case.withdraw')}
      </Button>
    );
  }
  return (
    <Sheet title={t('case.withdraw')} id="withdraw">
      <Form write={write} submit={t('case.withdrawSure')} look="danger">
        <TextArea name="reason" label={t('case.reason')} optional />
      </Form>
    </Sheet>
  );
}
