import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { useAccount } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { ActForm, ReasonField } from '../ActForm.tsx';
import { StateHead } from '../OfficeList.tsx';
import { ApplicationLine, type WholeFair } from './ApplicationLine.tsx';
import { Criteria, Stalls, Times } from './FairFacts.tsx';
import { useFairState, useWords, wordFor } from './words.ts';

function Acts({ fair }: { fair: WholeFair }) {
  const t = useWords();
  if (fair.state !== 'announced' && fair.state !== 'drawn') return null;
  return (
    <Sheet>
      {fair.state === 'announced' ? (
        <>
          <p className="pb-3 text-soft">{t('one.drawHint')}</p>
          <ActForm url="/api/fairs/{code}/draw" code={fair.code} name={t('one.draw')} open />
        </>
      ) : (
        <ActForm url="/api/fairs/{code}/close" code={fair.code} name={t('one.close')} />
      )}
      <ActForm
        url="/api/fairs/{code}/cancel"
        code={fair.code}
        name={t('one.cancel')}
        look="danger"
        toBody={({ reason }) => ({ reason })}
      >
        <ReasonField />
      </ActForm>
    </Sheet>
  );
}

function Applications({ fair, may }: { fair: WholeFair; may: boolean }) {
  const t = useWords();
  const { count } = useFormats();
  return (
    <Sheet
      title={t('one.applications')}
      id="applications"
      end={<span>{t('fair.count', { count: count(fair.list.length) })}</span>}
    >
      {fair.list.length === 0 ? <p className="text-soft">{t('one.none')}</p> : null}
      <ol>
        {fair.list.map((one) => (
          <ApplicationLine key={one.code} one={one} fair={fair} may={may} />
        ))}
      </ol>
    </Sheet>
  );
}

/** A fair with everybody who applied: marks, the draw, attendance, sales. */
export function FairPage() {
  const t = useWords();
  const { code } = useParams({ from: '/office/fairs/$code' });
  const may = useAccount()?.permissions.includes('market.announceFair') ?? false;
  const query = useQuery({
    queryKey: ['fairs', code],
    queryFn: () => answer(api.GET('/api/fairs/{code}', { params: { path: { code } } })),
  });
  const stateOf = useFairState();
  useTitle(t('mine.title'));
  return (
    <Loaded query={query} shape="page">
      {(fair) => (
        <>
          <StateHead title={fair.name} state={stateOf(fair.state)}>
            {wordFor(t, 'kinds', fair.kind)}
          </StateHead>
          <div className="grid items-start gap-6 lg:grid-cols-[2fr_3fr]">
            <div className="grid gap-6">
              {may ? <Acts fair={fair} /> : null}
              <Sheet title={t('one.facts')} id="facts">
                <Times fair={fair} />
                <Criteria fair={fair} />
              </Sheet>
              <Sheet title={t('one.stalls')} id="stalls">
                <Stalls fair={fair} />
              </Sheet>
            </div>
            <Applications fair={fair} may={may} />
          </div>
        </>
      )}
    </Loaded>
  );
}
