import { useFormats } from '../../../web/format.ts';
import { useAccount } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { PageHead } from '../../../web/ui/Blocks.tsx';
import { Arrears } from './Arrears.tsx';
import { Coverage } from './Coverage.tsx';
import { Lapses } from './Lapses.tsx';
import { Stuck } from './Stuck.tsx';
import { Waits } from './Waits.tsx';
import { useDeskWords } from './words.ts';
import { YearToDate } from './YearToDate.tsx';

/** The first page of whoever works here: what waits, what will lapse, where it is stuck, and how the year goes. */
export function DeskPage() {
  const t = useDeskWords();
  const { label, line } = useFormats();
  const account = useAccount();
  useTitle(t('title'));
  const may = (permission: string) => account?.permissions.includes(permission) ?? false;
  // An inspector has visits and nothing else; the rest would be empty.
  const seesCases = may('permits.list');
  return (
    <>
      <PageHead title={t('title')}>
        {line(label(account?.name), label(account?.organisation?.label))}
        <span className="block">{t('lede')}</span>
      </PageHead>
      <Waits />
      {seesCases ? (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
          <Lapses />
          {may('supervision.coverage') ? <Coverage /> : null}
          <div className="min-w-0 lg:col-span-2">
            <Stuck />
          </div>
          <div className="min-w-0 lg:col-span-2">
            <YearToDate />
          </div>
          <div className="min-w-0 lg:col-span-2">
            <Arrears />
          </div>
        </div>
      ) : null}
    </>
  );
}
