import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { EmptyState } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code } from '../../web/ui/Values.tsx';
import { useWords } from './words.ts';

type Draws = Answer<'/api/job-rechecks'>;
type Draw = Draws['draws'][number];

/** A seed may be given, as when it is thrown before witnesses; without one the house makes one. */
function DrawForm({ it }: { it: Draws }) {
  const t = useWords();
  const { count, percent } = useFormats();
  const queries = useQueryClient();
  const may = useAccount()?.permissions.includes('employment.drawRechecks') ?? false;
  const write = useWrite(
    ({ seed }: Values, opId) =>
      answer(api.POST('/api/job-rechecks', { body: seed ? { seed } : {}, headers: withKey(opId) })),
    () => queries.invalidateQueries(),
  );
  const words = t('draws.undrawn', {
    count: count(it.undrawn),
    share: percent(it.shareBp / 10_000),
  });
  return (
    <div className="grid max-w-md gap-4 pb-6">
      <p>{words}</p>
      {may && it.undrawn > 0 ? (
        <Form write={write} submit={t('draws.draw')}>
          <TextField name="seed" label={t('draws.seed')} maxLength={100} optional />
        </Form>
      ) : null}
    </div>
  );
}

/** Draws again by the seed that was kept, and says whether the same came out. */
function Again({ code }: { code: string }) {
  const t = useWords();
  const again = useQuery({
    queryKey: ['job-rechecks', code],
    queryFn: () => answer(api.GET('/api/job-rechecks/{code}', { params: { path: { code } } })),
    enabled: false,
  });
  return (
    <span className="flex flex-wrap items-center gap-3 pt-2">
      <Button
        look="secondary"
        compact
        pending={again.isFetching}
        onPress={() => void again.refetch()}
      >
        {t('draws.again')}
      </Button>
      {again.data ? (
        <Status meaning={again.data.same ? 'done' : 'stopped'}>
          {t(again.data.same ? 'draws.same' : 'draws.other')}
        </Status>
      ) : null}
    </span>
  );
}

function OneDraw({ draw }: { draw: Draw }) {
  const t = useWords();
  const { count, day, percent } = useFormats();
  const looked = draw.agreed + draw.disagreed;
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">
          {t('draws.line', {
            ...{ day: day(draw.drawnOn), drawn: count(draw.drawn) },
            candidates: count(draw.candidates),
          })}
        </span>
        {looked > 0 ? (
          <Status meaning={draw.disagreed > 0 ? 'late' : 'done'}>
            {t('draws.rate', { share: percent(draw.disagreed / looked) })}
          </Status>
        ) : null}
      </span>
      <span className="block">
        {t('draws.found', {
          ...{ agreed: count(draw.agreed), disagreed: count(draw.disagreed) },
          open: count(draw.drawn - looked),
        })}
      </span>
      <span className="block text-sm break-all text-soft">
        {t('draws.seed')}: <Code>{draw.seed}</Code>
      </span>
      <Again code={draw.code} />
    </li>
  );
}

/** The draws of verified jobs for somebody else's second look, and how often it disagreed. */
export function Rechecks() {
  const t = useWords();
  const draws = useQuery({
    queryKey: ['job-rechecks'],
    queryFn: () => answer(api.GET('/api/job-rechecks')),
  });
  return (
    <Loaded query={draws} shape="table">
      {(it) => (
        <>
          <p className="max-w-prose pb-4 text-soft">{t('draws.about')}</p>
          <DrawForm it={it} />
          {it.draws.length === 0 ? (
            <EmptyState icon="check" title={t('draws.none')} />
          ) : (
            <ul className="sheet">
              {it.draws.map((draw) => (
                <OneDraw key={draw.code} draw={draw} />
              ))}
            </ul>
          )}
        </>
      )}
    </Loaded>
  );
}
