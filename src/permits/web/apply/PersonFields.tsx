import { formatJalali, isIsoDate, parseJalali } from '../../../kit/jalali.ts';
import { TextField, type Values } from '../../../web/form/Form.tsx';
import { useLang } from '../../../web/locale.tsx';
import { refusedHere } from '../../../web/problem.ts';
import { Choice } from './Choice.tsx';
import type { Answers } from './draft.ts';
import { useApplyWords } from './words.ts';

type Person = NonNullable<Answers['who']>;

/** Who somebody is, as their card says it; `first` is what is known already. */
export function PersonFields({
  first,
  mobile = false,
  onKeep,
}: {
  first: { readonly [name: string]: string | null | undefined };
  /** Asked where somebody else fills it in. */
  mobile?: boolean;
  onKeep?: (name: string, value: string) => void;
}) {
  const t = useApplyWords();
  const text = (name: string) => first[name] ?? '';
  const sexes = (['female', 'male'] as const).map((id) => ({ id, name: t(`identity.${id}`) }));
  return (
    <>
      <CardNumber first={text('nationalId')} />
      <TextField
        name="firstName"
        label={t('identity.firstName')}
        defaultValue={text('firstName')}
        maxLength={80}
      />
      <TextField
        name="lastName"
        label={t('identity.lastName')}
        defaultValue={text('lastName')}
        maxLength={80}
      />
      <BirthDate first={text('birthOn')} />
      <Choice
        name="sex"
        label={t('identity.sex')}
        options={sexes}
        first={text('sex')}
        onChange={(id) => onKeep?.('sex', id)}
      />
      {mobile ? <Mobile optional first={text('mobile')} /> : null}
    </>
  );
}

function CardNumber({ first }: { first: string }) {
  const t = useApplyWords();
  return (
    <TextField
      name="nationalId"
      label={t('identity.nationalId')}
      hint={t('identity.nationalIdHint')}
      defaultValue={first}
      inputMode="numeric"
      maxLength={14}
      ltr
    />
  );
}

/** A birth date as it is typed, Jalali. */
export function BirthDate({ first }: { first: string }) {
  const t = useApplyWords();
  const lang = useLang();
  return (
    <TextField
      name="birthOn"
      label={t('identity.birthOn')}
      hint={t('identity.birthHint')}
      defaultValue={isIsoDate(first) ? formatJalali(first, lang, 'short') : first}
      maxLength={20}
      ltr
    />
  );
}

/** A mobile number; `optional` says that it may be left out. */
export function Mobile({ first, optional }: { first: string; optional?: boolean }) {
  const t = useApplyWords();
  return (
    <TextField
      name="mobile"
      label={t('identity.mobile')}
      defaultValue={first}
      type="tel"
      inputMode="tel"
      optional={optional ?? false}
      ltr
    />
  );
}

/**
 * A Jalali day as it was typed, ISO.
 * @throws RequestFailed at the birth date, in `wrong` words, when it is no Jalali day
 */
export function dayOf(typed: string, wrong: string): string {
  const birthOn = parseJalali(typed);
  if (!birthOn) throw refusedHere(wrong, { field: 'birthOn' });
  return birthOn;
}

/**
 * The fields as the server takes them.
 * @throws RequestFailed as {@link dayOf} does
 */
export function personOf(values: Values, wrong: string): Person & { birthOn: string } {
  const birthOn = dayOf(values.birthOn ?? '', wrong);
  const { nationalId = '', firstName = '', lastName = '', mobile } = values;
  const sex = values.sex === 'male' ? 'male' : 'female';
  return {
    nationalId,
    idKind: 'national',
    firstName,
    lastName,
    birthOn,
    sex,
    ...(mobile ? { mobile } : {}),
  };
}
