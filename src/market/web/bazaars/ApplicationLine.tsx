import { parseNumber } from '../../../kit/persian-text.ts';
import type { Answer } from '../../../web/api.ts';
import { TextField } from '../../../web/form/Form.tsx';
import { rialTyped } from '../../../web/form/typed.ts';
import { useFormats } from '../../../web/format.ts';
import { useAccount } from '../../../web/session.ts';
import { Status } from '../../../web/ui/Status.tsx';
import { criteria } from '../../bazaars/rules.ts';
import { ActForm, ReasonField } from '../ActForm.tsx';
import { applicationMeaning } from './meanings.ts';
import { useToman, useWords, wordFor } from './words.ts';

export type WholeFair = Answer<'/api/fairs/{code}'>;
type One = WholeFair['list'][number];

function Marks({ one, fair }: { one: One; fair: WholeFair }) {
  const t = useWords();
  const asked = criteria.filter((criterion) => fair.weights[criterion] !== undefined);
  return (
    <ActForm
      url="/api/stall-applications/{code}/score"
      code={one.code}
      name={t('one.marks')}
      submit={t('one.save')}
      toBody={(values) => ({
        marks: Object.fromEntries(asked.map((id) => [id, Number(parseNumber(values[id] ?? ''))])),
      })}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        {asked.map((id) => (
          <TextField
            key={id}
            name={id}
            label={t('one.mark', { name: wordFor(t, 'criteria', id) })}
            defaultValue={String(one.marks?.[id] ?? '')}
            inputMode="numeric"
            ltr
          />
        ))}
      </div>
    </ActForm>
  );
}

function Attendance({ one }: { one: One }) {
  const t = useWords();
  const address = '/api/stall-applications/{code}';
  return (
    <>
      <ActForm url={`${address}/attend`} code={one.code} name={t('one.attend')} />
      <ActForm url={`${address}/miss`} code={one.code} name={t('one.miss')} look="danger" />
    </>
  );
}

function Sales({ one }: { one: One }) {
  const t = useWords();
  return (
    <ActForm
      url="/api/stall-applications/{code}/sales"
      code={one.code}
      name={t('one.report')}
      toBody={({ sales }) => ({ salesRial: rialTyped(sales) })}
    >
      <TextField name="sales" label={t('one.salesField')} inputMode="numeric" ltr />
    </ActForm>
  );
}

function TakeBack({ one }: { one: One }) {
  const t = useWords();
  const may = useAccount()?.permissions.includes('market.takeBackSales') ?? false;
  if (!may) return null;
  return (
    <ActForm
      url="/api/stall-applications/{code}/take-back-sales"
      code={one.code}
      name={t('one.takeBack')}
      look="danger"
      toBody={({ reason }) => ({ reason })}
    >
      <ReasonField />
    </ActForm>
  );
}

function Acts({ one, fair }: { one: One; fair: WholeFair }) {
  if (one.state === 'applied' || one.state === 'scored') return <Marks one={one} fair={fair} />;
  if (one.state === 'allotted') return <Attendance one={one} />;
  if (one.state === 'attended') return <Sales one={one} />;
  return one.state === 'reported' ? <TakeBack one={one} /> : null;
}

/** One application of a fair with its marks and its place, and what the office records of it. */
export function ApplicationLine({ one, fair, may }: { one: One; fair: WholeFair; may: boolean }) {
  const t = useWords();
  const { count, digits, label, line } = useFormats();
  const toman = useToman();
  const about = line(
    label(one.occupation.label),
    label(one.county.label),
    digits(one.mobile ?? ''),
  );
  const came = line(
    one.rank === null ? '' : t('one.rank', { rank: count(one.rank) }),
    one.points === null ? '' : t('one.points', { points: count(one.points) }),
    one.place === null ? '' : t('one.place', { place: count(one.place) }),
    one.salesRial === null ? '' : t('one.sales', { amount: toman(one.salesRial) }),
  );
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p className="flex flex-wrap justify-between gap-x-4">
        <b>{one.name}</b>
        <Status meaning={applicationMeaning(one.state)}>
          {wordFor(t, 'applicationStates', one.state)}
        </Status>
      </p>
      <p className="text-sm text-soft">{about}</p>
      <p>{t('one.brings', { brings: one.brings })}</p>
      {came ? <p className="font-semibold">{came}</p> : null}
      {may ? <Acts one={one} fair={fair} /> : null}
    </li>
  );
}
