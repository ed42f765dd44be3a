import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { Form, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { casePath, visitPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code } from '../../web/ui/Values.tsx';
import { visitMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Sample = Answer<'/api/visit-samples'>['items'][number];
type Candidate = Answer<'/api/visit-samples/{code}'>['candidates'][number];

/** How many by what they show, how many by chance; the seed may be given, as when it is thrown before witnesses. */
function TakeForm() {
  const t = useWords();
  const queries = useQueryClient();
  const write = useWrite(
    ({ byRisk = '', byChance = '', seed }: Values, opId) => {
      const many = { byRisk: Number(byRisk), byChance: Number(byChance) };
      const body = { ...many, ...(seed ? { seed } : {}) };
      return answer(api.POST('/api/visit-samples', { body, headers: withKey(opId) }));
    },
    () => queries.invalidateQueries(),
  );
  return (
    <div className="max-w-md pb-6">
      <Form write={write} submit={t('sample.take')}>
        <TextField
          name="byRisk"
          label={t('sample.byRisk')}
          defaultValue="10"
          inputMode="numeric"
          maxLength={3}
          ltr
        />
        <TextField
          name="byChance"
          label={t('sample.byChance')}
          defaultValue="5"
          inputMode="numeric"
          maxLength={3}
          ltr
        />
        <TextField name="seed" label={t('sample.seed')} maxLength={100} optional />
      </Form>
    </div>
  );
}

function CandidateLine({ it }: { it: Candidate }) {
  const t = useWords();
  const { label, line, count } = useFormats();
  const why = it.signs.map((sign) => wordFor(t, 'sample.sign', sign));
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <AppLink className="link font-semibold" href={casePath(it.caseCode)}>
          {it.name}
        </AppLink>
        <span>
          {t(it.chosen === 'risk' ? 'sample.byPoints' : 'sample.byLot', {
            points: count(it.points),
          })}
        </span>
      </span>
      {why.length > 0 ? <span className="block">{line(...why)}</span> : null}
      <span className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm text-soft">
        {line(label(it.agency.label), label(it.county.label), label(it.assignee))}
        {it.visit && it.state ? (
          <AppLink className="link" href={visitPath(it.visit)}>
            <Status meaning={visitMeaning(it.state)}>{wordFor(t, 'state', it.state)}</Status>
          </AppLink>
        ) : null}
      </span>
    </li>
  );
}

/** Why each was drawn, and the same drawn again. */
function Candidates({ code }: { code: string }) {
  const t = useWords();
  const { count } = useFormats();
  const sample = useQuery({
    queryKey: ['visit-samples', code],
    queryFn: () => answer(api.GET('/api/visit-samples/{code}', { params: { path: { code } } })),
  });
  return (
    <Loaded query={sample} shape="line">
      {(it) => {
        const chosen = it.candidates.filter((one) => one.chosen !== null);
        return (
          <div className="pt-3">
            <Status meaning={it.same ? 'done' : 'stopped'}>
              {t(it.same ? 'sample.same' : 'sample.other')}
            </Status>
            <ul>
              {chosen.map((one) => (
                <CandidateLine key={one.plan} it={one} />
              ))}
            </ul>
            <p className="pt-2 text-sm text-soft">
              {t('sample.rest', { count: count(it.candidates.length - chosen.length) })}
            </p>
          </div>
        );
      }}
    </Loaded>
  );
}

function OneSample({ it }: { it: Sample }) {
  const t = useWords();
  const { count, day } = useFormats();
  const [open, setOpen] = useState(false);
  const words = { day: day(it.drawnOn), risk: count(it.risk), chance: count(it.chance) };
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <span className="font-semibold">
        {t('sample.line', { ...words, candidates: count(it.candidates) })}
      </span>
      <span className="block">{t('sample.made', { made: count(it.made) })}</span>
      <span className="block pb-2 text-sm break-all text-soft">
        {t('sample.seed')}: <Code>{it.seed}</Code>
      </span>
      <Button look="secondary" compact onPress={() => setOpen(!open)}>
        {t(open ? 'sample.close' : 'sample.open')}
      </Button>
      {open ? <Candidates code={it.code} /> : null}
    </li>
  );
}

/** Samples of paid plans to be seen in the field: drawn by what they show and by chance, and again by anybody. */
export function Samples() {
  const t = useWords();
  const may = useAccount()?.permissions.includes('supervision.takeSample') ?? false;
  const samples = useQuery({
    queryKey: ['visit-samples'],
    queryFn: () => answer(api.GET('/api/visit-samples')),
  });
  return (
    <>
      <p className="max-w-prose pb-4 text-soft">{t('sample.about')}</p>
      {may ? <TakeForm /> : null}
      <Loaded query={samples} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="check" title={t('sample.none')} />
          ) : (
            <ul className="sheet">
              {items.map((it) => (
                <OneSample key={it.code} it={it} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}
