import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../web/api.ts';
import {
  boughtPath,
  fillPath,
  materialsPath,
  myFairsPath,
  myStallPath,
  requestsPath,
  supplyPath,
} from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { useWords } from './words.ts';

/** The ways from a citizen's own page to the market: their stall, their purchases, everybody's catalogue. */
export function MarketPanel() {
  const t = useWords();
  const { data } = useQuery({
    queryKey: ['my-supply'],
    queryFn: () => answer(api.GET('/api/my-supply')),
  });
  return (
    <Sheet title={t('panel.title')} id="market">
      <p className="pb-4 text-soft">{t('panel.stallHint')}</p>
      <div className="flex flex-wrap gap-3">
        <AppLink className={buttonClass('secondary')} href={myStallPath()}>
          {t('panel.stall')}
        </AppLink>
        <AppLink className={buttonClass('secondary')} href={boughtPath()}>
          {t('panel.orders')}
        </AppLink>
        <AppLink className={buttonClass('secondary')} href={requestsPath()}>
          {t('panel.requests')}
        </AppLink>
        <AppLink className={buttonClass('secondary')} href={fillPath()}>
          {t('panel.fill')}
        </AppLink>
        <AppLink className={buttonClass('secondary')} href={materialsPath()}>
          {t('panel.materials')}
        </AppLink>
        <AppLink className={buttonClass('secondary')} href={myFairsPath()}>
          {t('panel.fairs')}
        </AppLink>
        {data?.supplier ? (
          <AppLink className={buttonClass('secondary')} href={supplyPath()}>
            {t('panel.supply')}
          </AppLink>
        ) : null}
        <a className={buttonClass('quiet')} href="/market">
          {t('panel.browse')}
        </a>
      </div>
    </Sheet>
  );
}
