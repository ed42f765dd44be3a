import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api } from '../../web/api.ts';
import { TextField } from '../../web/form/Form.tsx';
import { monthWords, rialTyped } from '../../web/form/typed.ts';
import { useFormats } from '../../web/format.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { ActForm } from './ActForm.tsx';
import type { Cover } from './use-supporter.ts';
import { useWords, wordFor } from './words.ts';

type Receipt = Cover['receipts'][number];

const answers = ['came', 'not_came', 'other_sum'] as const;
type Answered = (typeof answers)[number];

function SaidForm({
  it,
  receipt,
  said,
  name,
}: {
  it: Cover;
  receipt: Receipt;
  said: Answered;
  name: string;
}) {
  const t = useWords();
  return (
    <>
      <p className="pb-2 font-semibold">{name}</p>
      <ActForm
        of="covers"
        code={it.code}
        act="pay"
        path="receipt"
        toBody={({ sum }) => ({
          ...{ stepId: receipt.stepId, answer: said },
          ...(said === 'other_sum' ? { amountRial: rialTyped(sum) } : {}),
        })}
        open
        submit={t('save')}
      >
        {said === 'other_sum' ? (
          <TextField name="sum" label={t('cover.sumCame')} ltr inputMode="numeric" />
        ) : null}
      </ActForm>
    </>
  );
}

function Ask({ it, receipt }: { it: Cover; receipt: Receipt }) {
  const t = useWords();
  const formats = useFormats();
  const [said, setSaid] = useState<Answered | null>(null);
  const names = {
    came: t('cover.came'),
    not_came: t('cover.notCame'),
    other_sum: t('cover.otherSum'),
  };
  return (
    <div className="border-b border-line py-3 last:border-b-0">
      <p className="pb-2">
        {t('cover.askedLine', {
          amount: formats.toman(receipt.amountRial),
          month: monthWords(formats, receipt.month),
          day: formats.day(receipt.paidOn),
        })}
      </p>
      {said === null ? (
        <div className="flex flex-wrap gap-2">
          {answers.map((id) => (
            <Button
              key={id}
              look={id === 'came' ? 'primary' : 'secondary'}
              onPress={() => setSaid(id)}
            >
              {names[id]}
            </Button>
          ))}
        </div>
      ) : (
        <SaidForm it={it} receipt={receipt} said={said} name={names[said]} />
      )}
    </div>
  );
}

/** Payments that the supporter says it made: the covered person says whether they came. */
export function Asks({ it }: { it: Cover }) {
  const t = useWords();
  const open = it.receipts.filter(({ answer: said }) => said === null);
  if (it.side !== 'covered' || open.length === 0) return null;
  return (
    <Sheet title={t('cover.asked')} id="asked">
      {open.map((receipt) => (
        <Ask key={receipt.stepId} it={it} receipt={receipt} />
      ))}
    </Sheet>
  );
}

/** What was said of earlier payments. */
export function Said({ it }: { it: Cover }) {
  const t = useWords();
  const formats = useFormats();
  const said = it.receipts.filter(({ answer: one }) => one !== null && one !== 'came');
  if (said.length === 0) return null;
  return (
    <ul className="pb-4 text-sm">
      {said.map((one) => (
        <li key={one.stepId}>
          {formats.line(
            `${formats.toman(one.amountRial)} ${t('toman')}`,
            monthWords(formats, one.month),
            wordFor(t, 'cover.answered', one.answer ?? ''),
            one.bySms ? t('bySms') : null,
            one.closedReason,
          )}
        </li>
      ))}
    </ul>
  );
}

type Offered = Answer<'/api/covers/{code}/others'>['items'][number];

function Other({ code, one }: { code: string; one: Offered }) {
  const t = useWords();
  const { count, label, line } = useFormats();
  return (
    <div className="border-b border-line py-3 last:border-b-0">
      <p className="pb-2 font-semibold">
        {line(one.name, label(one.county.label), t('cover.places', { places: count(one.places) }))}
      </p>
      <ActForm
        of="covers"
        code={code}
        act="choose"
        path="choose"
        toBody={() => ({ supporter: one.code })}
        open
      />
    </div>
  );
}

/** Supporters with a free place, after one's own was declared in default. */
export function Others({ it }: { it: Cover }) {
  const t = useWords();
  const choosing = it.acts.includes('supporters.choose');
  const { code } = it;
  const query = useQuery({
    queryKey: ['cover', code, 'others'],
    queryFn: () => answer(api.GET('/api/covers/{code}/others', { params: { path: { code } } })),
    enabled: choosing,
  });
  if (!choosing) return null;
  return (
    <Sheet title={t('cover.choose')} id="choose">
      <Loaded query={query} shape="line">
        {({ items }) => (
          <>
            <p>{items.length === 0 ? t('cover.noOthers') : t('cover.chooseAbout')}</p>
            {items.map((one) => (
              <Other key={one.code} code={code} one={one} />
            ))}
          </>
        )}
      </Loaded>
    </Sheet>
  );
}
