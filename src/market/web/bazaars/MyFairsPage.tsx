import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { SelectField, TextArea, TextField } from '../../../web/form/Form.tsx';
import { rialTyped } from '../../../web/form/typed.ts';
import { useFormats } from '../../../web/format.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { EmptyState, PageHead, Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { ActForm } from '../ActForm.tsx';
import { Criteria, Stalls, Times } from './FairFacts.tsx';
import { applicationMeaning, fairMeaning } from './meanings.ts';
import { useToman, useWords, wordFor } from './words.ts';

type Mine = Answer<'/api/my-fairs'>;
type Fair = Mine['items'][number];
type Application = Fair['mine'][number];

function Apply({ fair, permits }: { fair: Fair; permits: Mine['permits'] }) {
  const t = useWords();
  const { label, line, count } = useFormats();
  const toman = useToman();
  const cases = permits.map(({ code, occupation, county }) => {
    return { id: code, name: line(label(occupation.label), label(county.label)) };
  });
  const stalls = fair.stalls.map(({ number, name, places, feeRial }) => ({
    id: String(number),
    name: t('fair.stall', { name, places: count(places), fee: toman(feeRial) }),
  }));
  return (
    <ActForm
      url="/api/fairs/{code}/applications"
      code={fair.code}
      name={t('mine.apply')}
      toBody={({ caseCode, stall, brings }) => ({ caseCode, stall: Number(stall), brings })}
    >
      <SelectField
        name="caseCode"
        label={t('mine.permit')}
        options={cases}
        defaultValue={cases[0]?.id ?? ''}
      />
      <SelectField
        name="stall"
        label={t('mine.stall')}
        options={stalls}
        defaultValue={stalls[0]?.id ?? ''}
      />
      <TextArea name="brings" label={t('mine.brings')} hint={t('mine.bringsHint')} rows={2} />
    </ActForm>
  );
}

const canWithdraw = ['applied', 'scored', 'waiting', 'allotted'];

/** What a maker can do about an application of their own. */
function OwnActs({ one }: { one: Application }) {
  const t = useWords();
  if (one.state === 'attended') {
    return (
      <ActForm
        url="/api/stall-applications/{code}/sales"
        code={one.code}
        name={t('mine.reportSubmit')}
        open
        toBody={({ sales }) => ({ salesRial: rialTyped(sales) })}
      >
        <TextField name="sales" label={t('mine.report')} inputMode="numeric" ltr />
      </ActForm>
    );
  }
  if (!canWithdraw.includes(one.state)) return null;
  return (
    <ActForm
      url="/api/stall-applications/{code}/withdraw"
      code={one.code}
      name={t('mine.withdraw')}
      look="danger"
    />
  );
}

function Own({ one }: { one: Application }) {
  const t = useWords();
  const { count } = useFormats();
  const toman = useToman();
  const some = (value: number | null) => (value === null ? null : count(value));
  const money = (rials: string | null) => (rials === null ? null : toman(rials));
  return (
    <div className="mt-4 rounded-lg bg-accent-soft p-4">
      <p className="flex flex-wrap justify-between gap-x-4 pb-2">
        <b>{one.place === null ? '' : t('mine.place', { place: count(one.place) })}</b>
        <Status meaning={applicationMeaning(one.state)}>
          {wordFor(t, 'applicationStates', one.state)}
        </Status>
      </p>
      <SummaryList
        rows={[
          [t('mine.yourBrings'), one.brings],
          [t('mine.points'), some(one.points)],
          [t('mine.rank'), some(one.rank)],
          [t('mine.fee'), money(one.feeRial)],
          [t('mine.sales'), money(one.salesRial)],
        ]}
      />
      <OwnActs one={one} />
    </div>
  );
}

function FairSheet({ fair, permits }: { fair: Fair; permits: Mine['permits'] }) {
  const t = useWords();
  return (
    <Sheet
      title={`${wordFor(t, 'kinds', fair.kind)}: ${fair.name}`}
      id={fair.code}
      end={<Status meaning={fairMeaning(fair.state)}>{wordFor(t, 'states', fair.state)}</Status>}
    >
      <Times fair={fair} />
      <Stalls fair={fair} />
      <Criteria fair={fair} />
      {fair.mine.map((one) => (
        <Own key={one.code} one={one} />
      ))}
      {fair.open && fair.mine.length === 0 && permits.length > 0 ? (
        <Apply fair={fair} permits={permits} />
      ) : null}
    </Sheet>
  );
}

/** Fairs to come and a maker's own applications: apply, give back, report sales. */
export function MyFairsPage() {
  const t = useWords();
  useTitle(t('mine.title'));
  const query = useQuery({
    queryKey: ['my-fairs'],
    queryFn: () => answer(api.GET('/api/my-fairs')),
  });
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <PageHead title={t('mine.title')}>{t('mine.about')}</PageHead>
      <Loaded query={query} shape="page">
        {({ items, permits }) =>
          items.length === 0 ? (
            <EmptyState icon="calendar" title={t('mine.none')}>
              {t('mine.noneHint')}
            </EmptyState>
          ) : (
            items.map((fair) => <FairSheet key={fair.code} fair={fair} permits={permits} />)
          )
        }
      </Loaded>
    </div>
  );
}
