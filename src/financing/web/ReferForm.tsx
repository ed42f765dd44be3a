import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { ErrorSummary } from '../../web/form/ErrorSummary.tsx';
import { Form, SelectField, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { problemOf } from '../../web/problem.ts';
import { referenceQuery } from '../../web/session.ts';
import { Button } from '../../web/ui/Button.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { rialOf } from './allocation.ts';
import { useWords } from './words.ts';

/** What is asked for every one of the chosen cases. */
type Wish = {
  readonly codes: readonly string[];
  readonly creditLine: string;
  readonly bank: string;
  readonly requestedRial: string;
  readonly letter: string | undefined;
  readonly isDeclared: boolean;
};

/** Sends the cases, to be looked at or to be referred. */
function send(wish: Wish, preview: boolean, opId: string) {
  const { codes, creditLine, bank, requestedRial, letter, isDeclared } = wish;
  const declared = { likeLoanFrom: [], insured: false, publicEmployee: false };
  const one = { bank, requestedRial, people: 1, ...(isDeclared ? { declared } : {}) };
  const plans = codes.map((code) => ({ code, ...one }));
  const body = { preview, creditLine, plans, ...(letter ? { letter } : {}) };
  return answer(api.POST('/api/plans/refer', { headers: withKey(opId), body }));
}

type Preview = Awaited<ReturnType<typeof send>>;

function Verdicts({ preview }: { preview: Preview }) {
  const t = useWords();
  return (
    <ol className="max-h-[45dvh] overflow-y-auto rounded-md border border-line">
      {preview.items.map((item) => (
        <li key={item.code} className="border-b border-line px-3 py-2 last:border-b-0">
          <span className="flex flex-wrap items-center justify-between gap-x-3">
            <span className="font-semibold">{item.name}</span>
            {item.passes ? <Status meaning="done">{t('refer.passes')}</Status> : null}
          </span>
          {item.unmet.map((one) => (
            <span key={one.code} className="block text-sm text-stopped">
              {one.title} <span className="text-soft">{one.next}</span>
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}

/** What the act would do to each case, and then the act, on exactly those that pass. */
function Confirm({
  wish,
  preview,
  onDone,
}: {
  wish: Wish;
  preview: Preview;
  onDone: (count: number) => void;
}) {
  const t = useWords();
  const { count } = useFormats();
  const queries = useQueryClient();
  const passing = preview.items.filter(({ passes }) => passes).map(({ code }) => code);
  const act = useWrite(
    (codes: readonly string[], opId) => send({ ...wish, codes }, false, opId),
    async (done) => {
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'reference',
      });
      onDone(done.passing);
    },
  );
  return (
    <div className="grid gap-4">
      {act.error ? <ErrorSummary problem={problemOf(act.error)} fieldId={() => undefined} /> : null}
      <p>{t('refer.will', { passing: count(passing.length), all: count(preview.items.length) })}</p>
      <Verdicts preview={preview} />
      {passing.length > 0 ? (
        <Button autoFocus pending={act.isPending} onPress={() => act.mutate(passing)}>
          {t('refer.confirm', { count: count(passing.length) })}
        </Button>
      ) : null}
    </div>
  );
}

function Declaration() {
  const t = useWords();
  return (
    <label className="flex cursor-pointer items-start gap-2">
      <input type="checkbox" name="declared" value="true" className="mt-1 size-5 accent-accent" />
      {t('refer.declared')}
    </label>
  );
}

/** To which bank, from which credit line and how much; then the list of what it will do. */
export function ReferForm({
  codes,
  onDone,
}: {
  codes: readonly string[];
  onDone: (count: number) => void;
}) {
  const t = useWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const [shown, setShown] = useState<{ wish: Wish; preview: Preview }>();
  const look = useWrite(async (values: Values, opId) => {
    const { creditLine = '', bank = '', letter } = values;
    const requestedRial = rialOf(values, 'amount', t('form.wrongAmount'));
    const isDeclared = values.declared === 'true';
    const wish = { codes, creditLine, bank, requestedRial, letter, isDeclared };
    return { wish, preview: await send(wish, true, opId) };
  }, setShown);
  if (shown) return <Confirm {...shown} onDone={onDone} />;
  const named = (rows: NonNullable<typeof data>['banks'] = []) =>
    rows.map((row) => ({ id: row.id, name: label(row.label) }));
  return (
    <Form write={look} submit={t('refer.preview')}>
      <SelectField
        name="creditLine"
        label={t('form.creditLine')}
        options={named(data?.creditLines)}
        defaultValue={data?.creditLines[0]?.id ?? ''}
      />
      <SelectField name="bank" label={t('form.bank')} options={named(data?.banks)} empty="" />
      <TextField name="amount" label={t('refer.amount')} inputMode="numeric" ltr />
      <TextField name="letter" label={t('form.letter')} optional ltr maxLength={60} />
      <Declaration />
    </Form>
  );
}
