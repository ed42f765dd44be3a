import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Money } from '../../web/ui/Values.tsx';
import { useWords } from './words.ts';

type Cost = Answer<'/api/fee-shares'>;

function Item({ it }: { it: Cost['items'][number] }) {
  const t = useWords();
  const { label } = useFormats();
  return (
    <li className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2 last:border-b-0">
      <span>
        {t(`feeShares.payers.${it.payer}`)}
        <span className="block text-sm text-soft">
          {t('feeShares.of', {
            bank: label(it.bank.label),
            line: label(it.creditLine.label),
            count: it.loans,
          })}
        </span>
      </span>
      <Money rials={it.chargedRial} />
    </li>
  );
}

/** What the parts of fees that others bear cost; nothing where every borrower bears the whole fee. */
export function FeeShares() {
  const t = useWords();
  const { day, toman } = useFormats();
  const may = useAccount()?.permissions.includes('financing.shareCost') ?? false;
  const cost = useQuery({
    queryKey: ['fee-shares'],
    queryFn: () => answer(api.GET('/api/fee-shares')),
    enabled: may,
  });
  if (!cost.data || cost.data.items.length === 0) return null;
  const { items, closedOn, comingRial } = cost.data;
  const sum = items.reduce((total, { chargedRial }) => total + BigInt(chargedRial), 0n);
  const coming = closedOn && { amount: toman(comingRial), day: day(closedOn) };
  return (
    <Sheet title={t('feeShares.title')} id="fee-shares">
      <p className="pb-2">{t('feeShares.sum', { amount: toman(sum.toString()) })}</p>
      {coming ? <p className="pb-2 text-soft">{t('feeShares.coming', coming)}</p> : null}
      <ul>
        {items.map((it) => (
          <Item key={`${it.payer} ${it.bank.id} ${it.creditLine.id}`} it={it} />
        ))}
      </ul>
    </Sheet>
  );
}
