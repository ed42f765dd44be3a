import { SelectField } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { type Meaning, Status } from '../../../web/ui/Status.tsx';
import { ActForm } from '../ActForm.tsx';
import type { Mine } from './mine.ts';
import { useQuantity, useToman, useWords, wordFor } from './words.ts';

type Need = Mine['needs'][number];

const meanings: Readonly<Record<string, Meaning>> = {
  collected: 'done',
  left: 'late',
  given: 'stopped',
  returned: 'stopped',
};

function Join({ need, to }: { need: Need; to: Need['joinable'][number] }) {
  const t = useWords();
  const { count, day, label, line, toman } = useFormats();
  const quantity = useQuantity();
  const { unit } = need.material;
  const points = to.points.map(({ number, place, county }) => {
    return { id: String(number), name: line(place, label(county.label)) };
  });
  const facts = { makers: count(to.makers), pooled: quantity(to.pooled, unit) };
  return (
    <div className="mt-4 rounded-lg bg-accent-soft p-4">
      <h3 className="font-semibold">{t('mine.joinTitle')}</h3>
      <p>{t('mine.joinFacts', { ...facts, day: day(to.closesOn) })}</p>
      {to.retailUnitRial === null ? null : (
        <p className="text-soft">
          {t('mine.retail', { unit: wordFor(t, 'units', unit), amount: toman(to.retailUnitRial) })}
        </p>
      )}
      <div className="pt-4">
        <ActForm
          url="/api/needs/{code}/join"
          code={need.code}
          name={t('mine.join')}
          open
          toBody={({ point }) => ({ purchase: to.code, point: Number(point) })}
        >
          <SelectField
            name="point"
            label={t('mine.point')}
            options={points}
            defaultValue={points[0]?.id ?? ''}
          />
        </ActForm>
      </div>
    </div>
  );
}

/** What a share costs, and what of it is done. */
function Share({ need }: { need: Need }) {
  const t = useWords();
  const quantity = useQuantity();
  const toman = useToman();
  const { unit } = need.material;
  const some = (rials: string) => (rials === '0' ? null : toman(rials));
  return (
    <SummaryList
      rows={[
        [t('mine.share'), <b key="share">{quantity(need.share, unit)}</b>],
        [t('mine.price'), toman(need.priceRial)],
        [t('mine.freight'), toman(need.freightRial)],
        [t('mine.saved'), some(need.savedRial)],
        [t('mine.paid'), some(need.paidRial)],
        [t('mine.owed'), <b key="owed">{toman(need.owedRial)}</b>],
        [t('mine.place'), need.purchase?.place],
        [t('mine.collected'), need.collected > 0 ? quantity(need.collected, unit) : null],
      ]}
    />
  );
}

function Acts({ need }: { need: Need }) {
  const t = useWords();
  if (need.state === 'stated') {
    return (
      <ActForm
        url="/api/needs/{code}/withdraw"
        code={need.code}
        name={t('mine.withdraw')}
        look="danger"
      />
    );
  }
  if (need.purchase?.state !== 'open') return null;
  return (
    <ActForm url="/api/needs/{code}/leave" code={need.code} name={t('mine.leave')} look="danger" />
  );
}

/** One need of a maker: what was asked for, what came of it, what can be done now. */
export function NeedSheet({ need }: { need: Need }) {
  const t = useWords();
  const { day } = useFormats();
  const quantity = useQuantity();
  const want = { quantity: quantity(need.quantity, need.material.unit), day: day(need.neededBy) };
  return (
    <Sheet
      title={need.material.name}
      id={need.code}
      end={
        <Status meaning={meanings[need.state] ?? 'waiting'}>
          {wordFor(t, 'needStates', need.state)}
        </Status>
      }
    >
      <p className="text-soft">{t('mine.want', want)}</p>
      {need.state === 'stated' && need.joinable.length === 0 ? <p>{t('mine.waits')}</p> : null}
      {need.purchase?.state === 'open' ? (
        <p>{t('mine.closesOn', { day: day(need.purchase.closesOn) })}</p>
      ) : null}
      {need.share > 0 ? <Share need={need} /> : null}
      {need.joinable.map((to) => (
        <Join key={to.code} need={need} to={to} />
      ))}
      <div className="pt-2">
        <Acts need={need} />
      </div>
    </Sheet>
  );
}
