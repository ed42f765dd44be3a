import { useQuery } from '@tanstack/react-query';
import { parseNumber } from '../../../kit/persian-text.ts';
import { type Answer, answer, api } from '../../../web/api.ts';
import { SelectField, TextField, type Values } from '../../../web/form/Form.tsx';
import { dayTyped, rialTyped } from '../../../web/form/typed.ts';
import { useFormats } from '../../../web/format.ts';
import { orderPath } from '../../../web/paths.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { ActForm, DayField } from '../ActForm.tsx';
import { requestMeaning } from './meanings.ts';
import { useToman, useWords, wordFor } from './words.ts';

type Open = Answer<'/api/open-requests'>;
type Asked = Open['items'][number];

function pledgeOf({ stall, product, quantity, each, readyOn, note }: Values) {
  return {
    ...{ stall, quantity: Number(parseNumber(quantity ?? '') ?? 0), eachRial: rialTyped(each) },
    readyOn: dayTyped(readyOn),
    ...(product ? { product } : {}),
    ...(note ? { note } : {}),
  };
}

function PledgeForm({ asked, stalls }: { asked: Asked; stalls: Open['stalls'] }) {
  const t = useWords();
  const { count } = useFormats();
  const fitting = stalls.filter(({ occupation }) => occupation.id === asked.occupation.id);
  const names = fitting.map(({ code, name }) => ({ id: code, name }));
  const ready = fitting.flatMap(({ products }) =>
    products.map(({ code, title, onHand }) => ({
      id: code,
      name: t('fill.onHand', { title, count: count(onHand) }),
    })),
  );
  return (
    <ActForm
      url="/api/requests/{code}/pledges"
      code={asked.code}
      name={t('fill.pledge')}
      toBody={pledgeOf}
    >
      <SelectField
        name="stall"
        label={t('fill.stall')}
        options={names}
        defaultValue={names[0]?.id ?? ''}
      />
      <SelectField
        name="product"
        label={t('fill.product')}
        options={ready}
        empty={t('fill.made')}
        optional
      />
      <TextField name="quantity" label={t('fill.quantity')} inputMode="numeric" ltr />
      <TextField name="each" label={t('fill.each')} inputMode="numeric" ltr />
      <DayField name="readyOn" label={t('fill.readyOn')} empty />
      <TextField name="note" label={t('fill.note')} optional />
    </ActForm>
  );
}

function Mine({ one, unit }: { one: Asked['mine'][number]; unit: string }) {
  const t = useWords();
  const { count } = useFormats();
  const toman = useToman();
  const words = { quantity: count(one.quantity), unit, amount: toman(one.eachRial) };
  return (
    <div className="mt-4 rounded-lg bg-accent-soft p-4">
      <p className="flex flex-wrap justify-between gap-x-4">
        <b>{t('fill.mine')}</b>
        <Status meaning={requestMeaning(one.state)}>{wordFor(t, 'pledgeStates', one.state)}</Status>
      </p>
      <p>{t('one.each', words)}</p>
      {one.order === null ? null : (
        <AppLink className="link" href={orderPath(one.order)}>
          {t('one.order')}
        </AppLink>
      )}
      {one.state === 'standing' ? (
        <ActForm
          url="/api/pledges/{code}/withdraw"
          code={one.code}
          name={t('fill.withdraw')}
          look="danger"
        />
      ) : null}
    </div>
  );
}

function RequestSheet({ asked, stalls }: { asked: Asked; stalls: Open['stalls'] }) {
  const t = useWords();
  const { count, day, label } = useFormats();
  const toman = useToman();
  const facts = { quantity: count(asked.quantity), unit: asked.unit, day: day(asked.neededBy) };
  const held = asked.mine.some(({ state }) => state === 'standing' || state === 'accepted');
  return (
    <Sheet title={asked.title} id={asked.code}>
      <p className="font-semibold">{t('fill.facts', facts)}</p>
      {asked.mostRial === null ? null : <p>{t('fill.most', { amount: toman(asked.mostRial) })}</p>}
      {asked.about ? <p>{asked.about}</p> : null}
      <p className="text-soft">{`${t('one.to')}: ${label(asked.toProvince.label)}`}</p>
      <p className="text-soft">{`${t('one.closesOn')}: ${day(asked.closesOn)}`}</p>
      {asked.mine.map((one) => (
        <Mine key={one.code} one={one} unit={asked.unit} />
      ))}
      {asked.open && !held ? <PledgeForm asked={asked} stalls={stalls} /> : null}
    </Sheet>
  );
}

/** What bulk buyers ask the makers of one's trade for, and one's own pledges. */
export function FillPage() {
  const t = useWords();
  useTitle(t('fill.title'));
  const query = useQuery({
    queryKey: ['open-requests'],
    queryFn: () => answer(api.GET('/api/open-requests')),
  });
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <PageHead title={t('fill.title')}>{t('fill.about')}</PageHead>
      <Loaded query={query} shape="page">
        {({ items, stalls }) =>
          items.length === 0 ? (
            <EmptyState icon="check" title={t('fill.none')}>
              {t('fill.noneHint')}
            </EmptyState>
          ) : (
            items.map((asked) => <RequestSheet key={asked.code} asked={asked} stalls={stalls} />)
          )
        }
      </Loaded>
    </div>
  );
}
