import {
  type CalendarDate,
  GregorianCalendar,
  PersianCalendar,
  parseDate,
  toCalendar,
} from '@internationalized/date';
import { type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import {
  Button,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DateRangePicker,
  DateSegment,
  FieldError,
  Group,
  Label,
  Popover,
  RangeCalendar,
} from 'react-aria-components/DateRangePicker';
import { Dialog } from 'react-aria-components/Dialog';
import { RangeCalendarStateContext } from 'react-aria-components/RangeCalendar';
import kitEn from '../../kit/en.ts';
import kitFa from '../../kit/fa.ts';
import { type IsoDate, isoDate } from '../../kit/jalali.ts';
import { useFormats } from '../format.ts';
import { useShellWords } from '../words.ts';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';

const gregorian = new GregorianCalendar();
const persian = new PersianCalendar();
const months = { fa: kitFa.months, en: kitEn.months };

const isoOf = (date: CalendarDate): IsoDate => isoDate(toCalendar(date, gregorian).toString());

/** The parts of a date stand year/month/day from left to right, as numbers do, in either direction of text. */
function Segments({ slot }: { slot: 'start' | 'end' }) {
  return (
    <DateInput slot={slot} className="ltr block whitespace-nowrap">
      {(segment) =>
        segment.type === 'era' ? (
          <span hidden />
        ) : (
          <DateSegment
            segment={segment}
            className="rounded px-0.5 outline-none data-[focused]:bg-accent data-[focused]:text-on-accent data-[placeholder]:text-soft data-[type=literal]:px-0"
          />
        )
      }
    </DateInput>
  );
}

/** Month and year above a calendar, with steps of a month and of a year. */
function CalendarHead() {
  const state = useContext(RangeCalendarStateContext);
  const t = useShellWords();
  const { lang, digits } = useFormats();
  if (!state) return null;
  const shown = toCalendar(state.visibleRange.start, persian);
  const move = (step: { months?: number; years?: number }) => () =>
    state.setFocusedDate(state.focusedDate.add(step));
  return (
    <div className="flex items-center gap-1 pb-2">
      <IconButton slot={null} label={t('date.previousYear')} onPress={move({ years: -1 })}>
        <span className="flex">
          <Icon name="back" size={16} />
          <span className="-ms-2">
            <Icon name="back" size={16} />
          </span>
        </span>
      </IconButton>
      <IconButton slot={null} label={t('date.previousMonth')} onPress={move({ months: -1 })}>
        <Icon name="back" />
      </IconButton>
      <span aria-live="polite" className="grow text-center font-semibold">
        {months[lang][shown.month - 1]} {digits(shown.year)}
      </span>
      <IconButton slot={null} label={t('date.nextMonth')} onPress={move({ months: 1 })}>
        <Icon name="forward" />
      </IconButton>
      <IconButton slot={null} label={t('date.nextYear')} onPress={move({ years: 1 })}>
        <span className="flex">
          <Icon name="forward" size={16} />
          <span className="-ms-2">
            <Icon name="forward" size={16} />
          </span>
        </span>
      </IconButton>
    </div>
  );
}

function Grid() {
  return (
    <CalendarGrid weekdayStyle="narrow" className="w-full border-collapse">
      <CalendarGridHeader>
        {(day) => (
          <CalendarHeaderCell className="h-9 text-sm font-semibold text-soft">
            {day}
          </CalendarHeaderCell>
        )}
      </CalendarGridHeader>
      <CalendarGridBody>
        {(date) => (
          <CalendarCell
            date={date}
            className="flex size-10 cursor-pointer items-center justify-center rounded-md outline-none hover:bg-sunk data-[disabled]:text-soft data-[focus-visible]:outline-3 data-[focus-visible]:outline-focus data-[outside-month]:hidden data-[selected]:rounded-none data-[selected]:bg-accent-soft data-[selection-end]:rounded-e-md data-[selection-end]:bg-accent data-[selection-end]:text-on-accent data-[selection-start]:rounded-s-md data-[selection-start]:bg-accent data-[selection-start]:text-on-accent"
          />
        )}
      </CalendarGridBody>
    </CalendarGrid>
  );
}

function Box({ label, children }: { label: string; children: ReactNode }) {
  const t = useShellWords();
  return (
    <>
      <Label className="block text-sm font-semibold">{label}</Label>
      <Group className="field-box inline-flex w-fit max-w-full items-center gap-1 py-0! pe-0! text-sm xs:gap-2 xs:text-base">
        {children}
        <Button
          aria-label={t('date.open')}
          className="ms-auto inline-flex size-11 items-center justify-center rounded-md hover:bg-sunk"
        >
          <Icon name="calendar" />
        </Button>
      </Group>
      <FieldError className="block text-sm font-semibold text-stopped" />
    </>
  );
}

function CalendarPopover({ children }: { children: ReactNode }) {
  return (
    <Popover className="rounded-lg border border-line bg-sheet p-3 shadow-lift">
      <Dialog className="outline-none">{children}</Dialog>
    </Popover>
  );
}

/** A span of days, both ends inside it. */
type Span = { readonly from: IsoDate; readonly to: IsoDate };
type Typed = { readonly start: CalendarDate; readonly end: CalendarDate };

/** Whoever types nothing for so long, milliseconds, and does not leave the field either, has finished. */
const typingPause = 2500;
/** Years that somebody means; what is shorter is still being typed. */
const years = { first: 1300, last: 1500 };

const isMeant = (date: CalendarDate): boolean => {
  const { year } = toCalendar(date, persian);
  return year >= years.first && year <= years.last;
};

const spanOf = ({ start, end }: Typed): Span | undefined => {
  if (!isMeant(start) || !isMeant(end)) return undefined;
  const span = { from: isoOf(start), to: isoOf(end) };
  return span.from <= span.to ? span : undefined;
};

/** What is typed, kept as it is typed: each digit makes a day of its own, and nobody asked for the year 1. */
function useTyping(value: Span, onChange: (span: Span) => void) {
  const [typed, setTyped] = useState<Typed | null>(null);
  // The calendar closes in the same turn in which a day is picked, before the page is drawn again.
  const newest = useRef<Typed | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const set = (next: Typed | null) => {
    newest.current = next;
    setTyped(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for has come
  useEffect(() => set(null), [value.from, value.to]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const finish = () => {
    clearTimeout(timer.current);
    const span = newest.current && spanOf(newest.current);
    if (span && (span.from !== value.from || span.to !== value.to)) onChange(span);
  };
  const type = (next: Typed | null) => {
    clearTimeout(timer.current);
    set(next);
    timer.current = setTimeout(finish, typingPause);
  };
  const shown = typed ?? { start: parseDate(value.from), end: parseDate(value.to) };
  return { shown, type, finish };
}

/** A span of Jalali days, both ends inside it; reports whole spans, when Enter, leaving or a pause ends the typing. */
export function JalaliRange({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Span;
  onChange: (range: Span) => void;
}) {
  const t = useShellWords();
  const { shown, type, finish } = useTyping(value, onChange);
  return (
    <DateRangePicker
      shouldForceLeadingZeros
      value={shown}
      onChange={type}
      onBlur={finish}
      onOpenChange={(open) => open || finish()}
      onKeyDown={({ key }) => key === 'Enter' && finish()}
    >
      <Box label={label}>
        <Segments slot="start" />
        <span className="text-soft">{t('date.to')}</span>
        <Segments slot="end" />
      </Box>
      <CalendarPopover>
        <RangeCalendar firstDayOfWeek="sat">
          <CalendarHead />
          <Grid />
        </RangeCalendar>
      </CalendarPopover>
    </DateRangePicker>
  );
}
