import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type Answer, answer, api } from '../../web/api.ts';
import { decimalWords } from '../../web/form/typed.ts';
import { useFormats } from '../../web/format.ts';
import { casePath, coverPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code } from '../../web/ui/Values.tsx';
import { ActForm } from './ActForm.tsx';
import { Balances, EndDay, Months, Orders } from './Lists.tsx';
import { coverMeaning, supporterMeaning } from './meanings.ts';
import { SupporterForms } from './SupporterForms.tsx';
import { TableForm } from './TableForm.tsx';
import { useWords, wordFor } from './words.ts';

type Supporter = Answer<'/api/supporters/{code}'>;
type Shown = { readonly it: Supporter; readonly office: boolean };

function People({ it, office }: Shown) {
  const t = useWords();
  const { toman, line } = useFormats();
  return (
    <Sheet title={t('supporter.people')} id="people">
      {it.people.length === 0 ? <p className="text-soft">{t('supporter.noPeople')}</p> : null}
      <ul>
        {it.people.map((person) => (
          <li key={person.code} className="border-b border-line py-2 last:border-b-0">
            <span className="flex flex-wrap items-baseline justify-between gap-x-4">
              <AppLink className="link font-semibold" href={coverPath(person.code, office)}>
                {person.name}
              </AppLink>
              <Status meaning={coverMeaning(person.state)}>
                {person.state === 'named' && person.contract
                  ? wordFor(t, 'contractStates', person.contract)
                  : wordFor(t, 'coverStates', person.state)}
              </Status>
            </span>
            <span className="block text-sm text-soft">
              <Code>{person.nationalId}</Code>{' '}
              {line(
                `${t('taken')} ${toman(person.takenRial)} ${t('toman')}`,
                person.owedRial === '0'
                  ? ''
                  : `${t('owed')} ${toman(person.owedRial)} ${t('toman')}`,
              )}
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Materials({ it }: { it: Supporter }) {
  const t = useWords();
  return (
    <Sheet title={t('supporter.materials')} id="materials">
      {it.materials.length === 0 ? (
        <p className="text-soft">{t('supporter.noMaterials')}</p>
      ) : (
        <>
          <Balances rows={it.materials} onHand={t('supporter.onHand')} />
          <p className="pt-2 text-sm text-soft">{t('supporter.law')}</p>
        </>
      )}
    </Sheet>
  );
}

function Products({ it }: { it: Supporter }) {
  const t = useWords();
  const formats = useFormats();
  if (it.products.length === 0) return null;
  return (
    <Sheet title={t('supporter.products')} id="products">
      <ul>
        {it.products.map((product) => (
          <li key={product.id} className="border-b border-line py-2 last:border-b-0">
            <span className="font-semibold">{product.name}</span>{' '}
            <span className="text-soft">({wordFor(t, 'units', product.unit)})</span>
            {product.recipe.map((one) => (
              <span key={one.material} className="block text-sm">
                {t('supporter.recipe', {
                  net: decimalWords(formats, one.net),
                  waste: decimalWords(formats, one.waste),
                  unit: wordFor(t, 'units', one.unit),
                  material: one.material,
                })}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Document({ it, one }: { it: Supporter; one: Supporter['trade'][number] }) {
  const t = useWords();
  const { toman, digits, line } = useFormats();
  return (
    <li className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2">
      <span>
        {line(t(`field.${one.kind as 'order' | 'invoice'}`), digits(one.number), one.buyer)}
      </span>
      <span className="whitespace-nowrap">
        {toman(one.amountRial)} {t('toman')} <EndDay iso={one.datedOn} />
      </span>
      {it.acts.includes('supporters.strikeTrade') ? (
        <span className="w-full">
          <ActForm
            of="supporters"
            code={it.code}
            act="strikeTrade"
            path="strike-trade"
            toBody={() => ({ id: one.id })}
          />
        </span>
      ) : null}
    </li>
  );
}

function Record({ it }: { it: Supporter }) {
  const t = useWords();
  const { toman, digits, count } = useFormats();
  const { years, least, most, ordersPerPersonRial } = it.bounds;
  return (
    <Sheet title={t('supporter.record')} id="record">
      {it.trade.length === 0 ? <p className="text-soft">{t('supporter.noRecord')}</p> : null}
      <ul>
        {it.trade.map((one) => (
          <Document key={one.id} it={it} one={one} />
        ))}
      </ul>
      <p className="pt-3 text-sm text-soft">
        {t('supporter.capacityRule', {
          years: digits(years),
          amount: toman(ordersPerPersonRial),
          least: count(least),
          most: count(most),
        })}
      </p>
    </Sheet>
  );
}

function Trainings({ it }: { it: Supporter }) {
  const t = useWords();
  const { count } = useFormats();
  if (it.trainings.length === 0) return null;
  return (
    <Sheet title={t('supporter.trainings')} id="trainings">
      <ul>
        {it.trainings.map((one) => (
          <li key={one.id} className="flex flex-wrap justify-between gap-x-4 py-1">
            {t('supporter.training', {
              topic: one.topic,
              place: one.place,
              people: count(one.people),
            })}
            <EndDay iso={one.heldOn} />
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Head({ it, office }: Shown) {
  const t = useWords();
  const { count, digits } = useFormats();
  const live = it.people.filter(({ state }) => state !== 'moved' && state !== 'ended').length;
  return (
    <PageHead
      title={it.firm?.name ?? it.name}
      end={
        it.state ? (
          <Status meaning={supporterMeaning(it.state)}>{wordFor(t, 'states', it.state)}</Status>
        ) : null
      }
    >
      {it.firm ? `${it.name} · ${t('supporter.firm', { id: digits(it.firm.legalId) })} · ` : ''}
      {it.capacity === null
        ? `${t('people')}: ${count(live)}`
        : `${t('people')}: ${t('ofCapacity', { people: count(live), capacity: count(it.capacity) })}`}
      {office ? (
        <AppLink className="link ms-3" href={casePath(it.code)}>
          {t('supporter.ownCase')}
        </AppLink>
      ) : null}
    </PageHead>
  );
}

function Body({ it, office }: Shown) {
  const t = useWords();
  return (
    <>
      <Head it={it} office={office} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <Orders
            orders={it.orders}
            title={t('supporter.orders')}
            named
            office={office}
            mayCancel={it.acts.includes('supporters.addTrade')}
          />
          <Sheet title={t('supporter.months')} id="months">
            {it.months.length === 0 ? (
              <p className="text-soft">{t('supporter.noMonths')}</p>
            ) : (
              <Months rows={it.months} />
            )}
          </Sheet>
          <Materials it={it} />
          <Products it={it} />
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          {it.acts.length > 0 ? (
            <Sheet title={t('acts')} id="acts">
              <SupporterForms it={it} />
            </Sheet>
          ) : null}
          {!office && it.state === 'approved' ? <TableForm code={it.code} /> : null}
          <People it={it} office={office} />
          <Trainings it={it} />
          <Record it={it} />
        </div>
      </div>
    </>
  );
}

/** A supporter: what is to be delivered where, what is owed, its materials, people and record. */
export function SupporterPage() {
  const t = useWords();
  const { code = '' } = useParams({ strict: false }) as { code?: string };
  const office = useAccount()?.role !== 'citizen';
  const query = useQuery({
    queryKey: ['supporter', code],
    queryFn: () => answer(api.GET('/api/supporters/{code}', { params: { path: { code } } })),
  });
  useTitle(t('supporter.title'));
  return (
    <Loaded query={query} shape="page">
      {(it) => <Body it={it} office={office} />}
    </Loaded>
  );
}
