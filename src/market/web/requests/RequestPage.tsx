import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { parseNumber } from '../../../kit/persian-text.ts';
import { type Answer, answer, api } from '../../../web/api.ts';
import { TextField, type Values } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { orderPath } from '../../../web/paths.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { ActForm } from '../ActForm.tsx';
import { StateHead } from '../OfficeList.tsx';
import { requestMeaning } from './meanings.ts';
import { useToman, useWords, wordFor } from './words.ts';

type Request = Answer<'/api/requests/{code}'>;
type Pledge = Request['pledges'][number];

function Facts({ it }: { it: Request }) {
  const t = useWords();
  const { count, day, label, line } = useFormats();
  const toman = useToman();
  return (
    <Sheet>
      <SummaryList
        rows={[
          [t('one.quantity'), line(`${count(it.quantity)} ${it.unit}`, label(it.occupation.label))],
          [t('one.details'), it.about],
          [t('one.most'), it.mostRial === null ? null : toman(it.mostRial)],
          [t('one.closesOn'), day(it.closesOn)],
          [t('one.neededBy'), day(it.neededBy)],
          [t('one.to'), label(it.toProvince.label)],
          [t('one.pledged'), count(it.pledged)],
          [t('one.ordered'), it.ordered > 0 ? count(it.ordered) : null],
        ]}
      />
    </Sheet>
  );
}

function PledgeLine({ one, it }: { one: Pledge; it: Request }) {
  const t = useWords();
  const { count, day, digits, line } = useFormats();
  const toman = useToman();
  const number = digits(one.stall.permitNumber);
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p className="flex flex-wrap justify-between gap-x-4">
        <a className="link font-semibold" href={`/market/stalls/${one.stall.code}`}>
          {one.stall.name}
        </a>
        <Status meaning={requestMeaning(one.state)}>{wordFor(t, 'pledgeStates', one.state)}</Status>
      </p>
      <p>
        {t('one.each', {
          ...{ quantity: count(one.quantity), unit: it.unit },
          amount: toman(one.eachRial),
        })}
      </p>
      <p className="text-sm text-soft">
        {line(t('one.ready', { day: day(one.readyOn) }), t('one.permit', { number }), one.note)}
      </p>
      {one.order === null ? null : (
        <AppLink className="link" href={orderPath(one.order)}>
          {t('one.order')}
        </AppLink>
      )}
      {it.acting && one.state === 'standing' ? (
        <TextField
          name={one.code}
          label={t('one.take')}
          hint={t('one.takeHint')}
          inputMode="numeric"
          ltr
          optional
        />
      ) : null}
    </li>
  );
}

/** The parts that were typed, of the pledges that they are of. */
function takenOf(values: Values) {
  const pledges = Object.entries(values).flatMap(([code, text]) => {
    const quantity = Number(parseNumber(text) ?? 0);
    return quantity > 0 ? [{ code, quantity }] : [];
  });
  return { pledges };
}

function Pledges({ it }: { it: Request }) {
  const t = useWords();
  const list = (
    <ul>
      {it.pledges.map((one) => (
        <PledgeLine key={one.code} one={one} it={it} />
      ))}
    </ul>
  );
  return (
    <Sheet title={t('one.pledges')} id="pledges">
      {it.pledges.length === 0 ? <p className="text-soft">{t('one.none')}</p> : null}
      {it.acting && it.pledges.length > 0 ? (
        <ActForm
          url="/api/requests/{code}/accept"
          code={it.code}
          name={t('one.accept')}
          open
          toBody={takenOf}
        >
          {list}
          <p className="text-soft">{t('one.acceptHint')}</p>
        </ActForm>
      ) : (
        list
      )}
    </Sheet>
  );
}

/** A request with the pledges of makers: the buyer accepts a set of them. */
export function RequestPage() {
  const t = useWords();
  const { code } = useParams({ from: '/my/requests/$code' });
  useTitle(t('list.title'));
  const query = useQuery({
    queryKey: ['requests', code],
    queryFn: () => answer(api.GET('/api/requests/{code}', { params: { path: { code } } })),
  });
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <Loaded query={query} shape="page">
        {(it) => (
          <>
            <StateHead
              title={t('one.title', { title: it.title })}
              state={{ meaning: requestMeaning(it.state), word: wordFor(t, 'states', it.state) }}
            />
            <Facts it={it} />
            <Pledges it={it} />
            {it.acting ? (
              <ActForm
                url="/api/requests/{code}/cancel"
                code={it.code}
                name={t('one.cancel')}
                look="danger"
              />
            ) : null}
          </>
        )}
      </Loaded>
    </div>
  );
}
