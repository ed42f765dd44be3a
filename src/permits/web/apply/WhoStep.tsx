import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, type Values } from '../../../web/form/Form.tsx';
import { identityPath } from '../../../web/paths.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { SummaryList } from '../../../web/ui/Blocks.tsx';
import { buttonClass } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Code, Day } from '../../../web/ui/Values.tsx';
import { Conflict } from './Conflict.tsx';
import { type Draft, identityQuery, nextStep, usePlaces, useSave } from './draft.ts';
import { useKept } from './kept.ts';
import { PersonFields, personOf } from './PersonFields.tsx';
import { useApplyWords } from './words.ts';

/** Whom the application is about: the citizen as they said, or whom a counter writes down. */
export function WhoStep({ draft }: { draft: Draft }) {
  return draft.onBehalf ? <OtherPerson draft={draft} /> : <Myself draft={draft} />;
}

function Myself({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const places = usePlaces();
  const query = useQuery(identityQuery);
  return (
    <Loaded query={query} shape="figure">
      {({ person }) => (
        <div className="grid justify-items-start gap-6">
          <div className="sheet w-full p-4">
            <SummaryList
              rows={[
                [t('identity.firstName'), person?.firstName],
                [t('identity.lastName'), person?.lastName],
                [
                  t('identity.nationalId'),
                  person ? <Code key="id">{person.nationalId}</Code> : null,
                ],
                [
                  t('identity.birthOn'),
                  person?.birthOn ? <Day key="born" iso={person.birthOn} /> : null,
                ],
              ]}
            />
          </div>
          <AppLink
            href={places.step(draft.code, nextStep(draft, 'who'))}
            className={buttonClass('primary')}
          >
            {t('draft.next')}
          </AppLink>
          <AppLink className="link" href={identityPath()}>
            {t('my.whoEdit')}
          </AppLink>
        </div>
      )}
    </Loaded>
  );
}

function OtherPerson({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const { first, keep, onInput } = useKept(draft.code, 'who');
  const save = useSave(draft, 'who');
  const [wrong, setWrong] = useState<unknown>(null);
  const write = {
    ...save,
    error: wrong ?? save.error,
    reset: () => {
      setWrong(null);
      save.reset();
    },
    mutate: (values: Values) => {
      try {
        save.mutate({ who: personOf(values, t('identity.birthWrong')) });
      } catch (error) {
        setWrong(error);
      }
    },
  };
  return (
    <div onInput={onInput}>
      <Conflict draft={draft} error={save.error} />
      <Form write={write} submit={t('draft.next')}>
        <PersonFields first={{ ...draft.answers.who, ...first }} onKeep={keep} mobile />
      </Form>
    </div>
  );
}
