import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { unitFor, useFormats } from '../../../web/format.ts';
import { casePath } from '../../../web/paths.ts';
import { refusedHere } from '../../../web/problem.ts';
import { useAccount } from '../../../web/session.ts';
import { EmptyState, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Day, FileName, Ltr, Money } from '../../../web/ui/Values.tsx';
import { useShellWords } from '../../../web/words.ts';
import { linesQuery, type WaitingLine } from './bank-files.ts';
import { useWords } from './words.ts';

const decisions = ['book', 'book_and_end', 'set_aside'] as const;

function Facts({ it }: { it: WaitingLine }) {
  const t = useWords();
  const code = (text: string | null) => (text ? <Ltr key={text}>{text}</Ltr> : null);
  return (
    <SummaryList
      rows={[
        [t('line.why'), it.reason],
        [t('line.rial'), it.rial ? <Money key="rial" rials={it.rial} /> : null],
        [t('line.bookedOn'), it.bookedOn ? <Day key="day" iso={it.bookedOn} /> : null],
        [t('line.reference'), code(it.reference)],
        [t('line.bankReference'), code(it.bankReference)],
        [t('line.iban'), code(it.iban)],
        [t('line.note'), it.note || null],
      ]}
    />
  );
}

type Choosing = {
  readonly it: WaitingLine;
  readonly chosen: string;
  readonly onChoose: (order: string) => void;
};

function Candidates({ it, chosen, onChoose }: Choosing) {
  const t = useWords();
  const shell = useShellWords();
  const { money, day } = useFormats();
  return (
    <fieldset className="grid gap-2">
      <legend className="font-semibold">{t('line.candidates')}</legend>
      {it.candidates.length === 0 ? <p className="text-soft">{t('line.noCandidates')}</p> : null}
      {it.candidates.map((one) => {
        const unit = unitFor(one.amountRial);
        const sums = {
          ...{ left: money(one.leftRial, unit), all: money(one.amountRial, unit) },
          ...{ unit: shell(`money.${unit}`), day: day(one.sentOn) },
        };
        return (
          <div key={one.order} className="flex flex-wrap items-center gap-x-3">
            <label className="flex min-h-10 cursor-pointer items-center gap-3">
              <input
                type="radio"
                className="size-5 accent-accent"
                name={`${it.code}-${it.line}`}
                checked={chosen === one.order}
                onChange={() => onChoose(one.order)}
              />
              <span>
                <span className="font-semibold">{one.name}</span>{' '}
                <span className="text-sm text-soft">{t('line.left', sums)}</span>
              </span>
            </label>
            <a className="link text-sm" href={casePath(one.caseCode)}>
              {t('line.openCase')}
            </a>
          </div>
        );
      })}
    </fieldset>
  );
}

function useDecide(it: WaitingLine, order: string) {
  const t = useWords();
  const queries = useQueryClient();
  return useWrite(
    async (values: Values, opId) => {
      const decision = decisions.find((one) => one === values.decision) ?? 'book';
      if (decision !== 'set_aside' && order === '') throw refusedHere(t('line.chooseOrder'));
      const path = { code: it.code, line: it.line };
      const body = {
        ...{ decision, reason: values.reason ?? '' },
        ...(decision === 'set_aside' ? {} : { order }),
      };
      const params = { params: { path }, body, headers: withKey(opId) };
      return answer(api.POST('/api/bank-files/{code}/lines/{line}/decide', params));
    },
    () => queries.invalidateQueries(),
  );
}

function Decision({ it }: { it: WaitingLine }) {
  const t = useWords();
  const [order, setOrder] = useState(
    it.candidates.length === 1 ? (it.candidates[0]?.order ?? '') : '',
  );
  const decide = useDecide(it, order);
  const options = [
    { id: 'book', name: t('line.book') },
    { id: 'book_and_end', name: t('line.bookEnd') },
    { id: 'set_aside', name: t('line.aside') },
  ];
  return (
    <Form write={decide} submit={t('line.save')}>
      <Candidates it={it} chosen={order} onChoose={setOrder} />
      <SelectField
        name="decision"
        label={t('line.decision')}
        options={options}
        defaultValue={it.candidates.length === 0 ? 'set_aside' : 'book'}
      />
      <TextField name="reason" label={t('line.reason')} maxLength={500} />
    </Form>
  );
}

function LineCard({ it }: { it: WaitingLine }) {
  const t = useWords();
  const { label, count } = useFormats();
  const may = useAccount()?.permissions.includes('financing.decideLine');
  return (
    <li className="sheet grid gap-4 p-4 lg:grid-cols-2">
      <div>
        <h3 className="font-bold">
          {t(`line.kind.${it.kind as 'paid'}`)} · {label(it.bank.label)}
        </h3>
        <p className="pb-2 text-sm text-soft">
          {t('line.head', { line: count(it.line), file: '' })} <FileName name={it.fileName} />
        </p>
        <Facts it={it} />
      </div>
      {may ? <Decision it={it} /> : null}
    </li>
  );
}

/** The lines that the rules left open: what the bank says, why it waits, and the orders it could mean. */
export function WaitingLines() {
  const t = useWords();
  const { count } = useFormats();
  const lines = useQuery(linesQuery);
  return (
    <Loaded query={lines} shape="table">
      {({ items, total }) =>
        total === 0 ? (
          <EmptyState icon="check" title={t('line.none')}>
            {t('line.noneNext')}
          </EmptyState>
        ) : (
          <>
            <p role="status" className="pb-3">
              {t('line.more', { total: count(total) })}
            </p>
            <ul className="grid gap-4">
              {items.map((it) => (
                <LineCard key={`${it.code}-${it.line}`} it={it} />
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  );
}
