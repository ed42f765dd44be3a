import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { referenceQuery } from '../../../web/session.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Code } from '../../../web/ui/Values.tsx';
import { Conflict } from './Conflict.tsx';
import { DocumentState, sentUnder } from './DocumentSlot.tsx';
import { type Draft, identityQuery, type StepName, steps, usePlaces } from './draft.ts';
import { useApplyWords } from './words.ts';

/** Sends the draft; its case is shown next. */
function useSubmit(draft: Draft) {
  const queries = useQueryClient();
  const router = useRouter();
  const places = usePlaces();
  return useWrite(
    (_: object, opId) =>
      answer(
        api.POST('/api/drafts/{code}/submit', {
          params: { path: { code: draft.code } },
          body: { version: draft.version },
          headers: withKey(opId),
        }),
      ),
    async ({ code }) => {
      await queries.invalidateQueries();
      await router.navigate({ href: places.case(code) });
    },
  );
}

/** All answers on one page, each with the way to change it, and the button that sends them. */
export function CheckStep({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const { label } = useFormats();
  const write = useSubmit(draft);
  const lacking = steps.filter((step) => draft.lacking.includes(step));
  return (
    <div className="grid gap-6">
      <Conflict draft={draft} error={write.error} />
      <What draft={draft} />
      <Who draft={draft} />
      <Where draft={draft} />
      <Work draft={draft} />
      <Documents draft={draft} />
      {lacking.length > 0 ? (
        <Lacking draft={draft} lacking={lacking} />
      ) : (
        <Form write={write} submit={t('check.send')}>
          <p>{t('check.after', { agency: label(draft.about?.agency.label) })}</p>
        </Form>
      )}
    </div>
  );
}

function Lacking({ draft, lacking }: { draft: Draft; lacking: readonly StepName[] }) {
  const t = useApplyWords();
  const places = usePlaces();
  return (
    <div className="rounded-md bg-late-soft p-4 text-late">
      <p className="font-bold">{t('check.lacking')}</p>
      <ul className="list-disc ps-6">
        {lacking.map((step) => (
          <li key={step}>
            <AppLink className="link" href={places.step(draft.code, step)}>
              {t(`draft.${step}`)}
            </AppLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Part({ draft, step, children }: { draft: Draft; step: StepName; children: ReactNode }) {
  const t = useApplyWords();
  const places = usePlaces();
  const name = t(`draft.${step}`);
  return (
    <Sheet
      title={name}
      id={step}
      end={
        <AppLink
          className="link inline-flex min-h-11 items-center"
          href={places.step(draft.code, step)}
          aria-label={t('check.change', { part: name })}
        >
          {t('check.changeWord')}
        </AppLink>
      }
    >
      {children}
    </Sheet>
  );
}

function What({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const { label } = useFormats();
  const kind = draft.answers.what?.kind;
  return (
    <Part draft={draft} step="what">
      <p className="font-semibold">{label(draft.about?.label)}</p>
      {kind ? <p>{t(`find.${kind}`)}</p> : null}
    </Part>
  );
}

function Who({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const { data } = useQuery({ ...identityQuery, enabled: !draft.onBehalf });
  const person = draft.onBehalf ? draft.answers.who : data?.person;
  const id = person ? <Code key="id">{person.nationalId}</Code> : null;
  return (
    <Part draft={draft} step="who">
      <SummaryList
        rows={[
          [t('identity.firstName'), person?.firstName],
          [t('identity.lastName'), person?.lastName],
          [t('identity.nationalId'), id],
        ]}
      />
    </Part>
  );
}

function Where({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const { where } = draft.answers;
  const county = data?.counties.find(({ id }) => id === where?.countyId);
  return (
    <Part draft={draft} step="where">
      <SummaryList
        rows={[
          [t('where.county'), label(county?.label)],
          [t('where.area'), where ? t(`where.${where.area}`) : null],
          [t('where.address'), where?.address],
          [
            t('where.postalCode'),
            where?.postalCode ? <Code key="post">{where.postalCode}</Code> : null,
          ],
        ]}
      />
    </Part>
  );
}

function Work({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const { label } = useFormats();
  const said = draft.answers.work?.conditions ?? {};
  return (
    <Part draft={draft} step="work">
      <SummaryList
        rows={[
          ...(draft.about?.questions ?? []).map(
            (one) =>
              [
                label(one.label),
                one.number in said ? t(said[one.number] ? 'work.yes' : 'work.no') : null,
              ] as const,
          ),
          [t('work.plan'), draft.answers.work?.plan],
        ]}
      />
    </Part>
  );
}

function Documents({ draft }: { draft: Draft }) {
  const { label } = useFormats();
  return (
    <Part draft={draft} step="documents">
      <SummaryList
        rows={(draft.about?.documents ?? []).map((one) => [
          label(one.label),
          <DocumentState key={one.number} sent={sentUnder(draft.documents, one.number)} />,
        ])}
      />
    </Part>
  );
}
