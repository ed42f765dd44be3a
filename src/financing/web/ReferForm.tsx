import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { answer, api, withKey } from '../../web/api.ts';
import { ErrorSummary } from '../../web/form/ErrorSummary.tsx';
import { Form, SelectField, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { problemOf, refusedHere } from '../../web/problem.ts';
import { referenceQuery } from '../../web/session.ts';
import { Button } from '../../web/ui/Button.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { rialOf } from './allocation.ts';
import type { Chosen } from './Sittings.tsx';
import { useWords } from './words.ts';

/** What is asked for one case. */
type One = {
  readonly code: string;
  readonly requestedRial: string;
  readonly people: number;
};

/** What is asked for the chosen cases. */
type Wish = {
  readonly cases: readonly One[];
  readonly creditLine: string;
  readonly bank: string;
  readonly letter: string | undefined;
  readonly isDeclared: boolean;
};

const isSupporter = ({ kind }: Chosen): boolean => kind === 'supporter';

/** What the form asks for one case. @throws RequestFailed at the field that is no number */
function oneOf(it: Chosen, values: Values, wrong: { amount: string; people: string }): One {
  const own = `amount ${it.code}`;
  const field = values[own]?.trim() ? own : 'amount';
  const requestedRial = rialOf(values, field, wrong.amount);
  return { code: it.code, requestedRial, people: peopleOf(it, values, wrong.people) };
}

function peopleOf(it: Chosen, values: Values, wrong: string): number {
  if (!isSupporter(it)) return 1;
  const field = `people ${it.code}`;
  const text = toAsciiDigits(values[field] ?? '').trim();
  if (!/^[1-9]\d{0,2}$/.test(text)) throw refusedHere(wrong, { field });
  return Number(text);
}

/** Sends the cases, to be looked at or to be referred. */
function send(wish: Wish, preview: boolean, opId: string) {
  const { cases, creditLine, bank, letter, isDeclared } = wish;
  const declared = { likeLoanFrom: [], insured: false, publicEmployee: false };
  const all = { bank, ...(isDeclared ? { declared } : {}) };
  const plans = cases.map((one) => ({ ...one, ...all }));
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
  const codes = new Set(preview.items.flatMap(({ code, passes }) => (passes ? code : [])));
  const passing = wish.cases.filter(({ code }) => codes.has(code));
  const act = useWrite(
    (cases: readonly One[], opId) => send({ ...wish, cases }, false, opId),
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

/** An amount of its own for each case, and for a supporter how many people its plan is for. */
function Apart({ chosen }: { chosen: readonly Chosen[] }) {
  const t = useWords();
  const supporters = chosen.some(isSupporter);
  if (chosen.length < 2 && !supporters) return null;
  return (
    <details open={supporters}>
      <summary className="cursor-pointer font-semibold">{t('refer.apart')}</summary>
      <ol>
        {chosen.map((it) => (
          <li key={it.code} className="grid gap-2 border-b border-line py-3 last:border-b-0">
            {isSupporter(it) ? (
              <TextField
                name={`people ${it.code}`}
                label={t('refer.peopleOf', { name: it.name })}
                hint={t('refer.peopleHint')}
                inputMode="numeric"
                ltr
              />
            ) : null}
            <TextField
              name={`amount ${it.code}`}
              label={t('refer.amountOf', { name: it.name })}
              inputMode="numeric"
              ltr
              optional
            />
          </li>
        ))}
      </ol>
    </details>
  );
}

/** To which bank, from which credit line and how much; then the list of what it will do. */
export function ReferForm({
  chosen,
  onDone,
}: {
  chosen: readonly Chosen[];
  onDone: (count: number) => void;
}) {
  const t = useWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const [shown, setShown] = useState<{ wish: Wish; preview: Preview }>();
  const look = useWrite(async (values: Values, opId) => {
    const { creditLine = '', bank = '', letter } = values;
    const isDeclared = values.declared === 'true';
    const wrong = { amount: t('form.wrongAmount'), people: t('refer.wrongPeople') };
    const cases = chosen.map((it) => oneOf(it, values, wrong));
    const wish = { cases, creditLine, bank, letter, isDeclared };
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
      <Apart chosen={chosen} />
    </Form>
  );
}
