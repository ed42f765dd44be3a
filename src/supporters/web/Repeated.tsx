import { type ReactNode, useRef, useState } from 'react';
import type { Values } from '../../web/form/Form.tsx';
import { useFormats } from '../../web/format.ts';
import { Button } from '../../web/ui/Button.tsx';
import { useWords } from './words.ts';

type RepeatedProps = {
  /** The list's name in the body: a field of the second line is called `lines/1/…`, as a fault points to it. */
  readonly name: string;
  /** As many lines as the server takes. */
  readonly most: number;
  /** Lines that stand there from the start, at least one. */
  readonly start?: number;
  /** What a line is called, above it and on the buttons. */
  readonly line: string;
  /** @param nth of the lines that stood there from the start; greater for those that were added */
  readonly children: (path: string, nth: number) => ReactNode;
};

/** The same fields again and again: lines are added and taken away, what was typed in the others stays. */
export function Repeated({ name, most, start = 1, line, children }: RepeatedProps) {
  const t = useWords();
  const { digits } = useFormats();
  const next = useRef(start);
  const [keys, setKeys] = useState(() => Array.from({ length: Math.max(start, 1) }, (_, at) => at));
  const add = () => {
    next.current += 1;
    setKeys([...keys, next.current]);
  };
  return (
    <div className="grid gap-4">
      {keys.map((key, at) => (
        <fieldset key={key} className="grid gap-3 border-s-4 border-line ps-4">
          <legend className="sr-only">{`${line} ${digits(at + 1)}`}</legend>
          {children(`${name}/${at}`, key)}
          {keys.length > 1 ? (
            <span>
              <Button
                look="quiet"
                compact
                onPress={() => setKeys(keys.filter((one) => one !== key))}
              >
                {t('field.takeAway', { line })}
              </Button>
            </span>
          ) : null}
        </fieldset>
      ))}
      {keys.length < most ? (
        <span>
          <Button look="secondary" compact onPress={add}>
            {t('field.addLine', { line })}
          </Button>
        </span>
      ) : null}
    </div>
  );
}

/** What was typed into the lines of a {@link Repeated}, line by line: `field` gives a field of one. */
export function linesTyped<T>(
  values: Values,
  name: string,
  toLine: (field: (part: string) => string) => T,
): T[] {
  const lines: T[] = [];
  const begins = (at: number) =>
    Object.keys(values).some((key) => key.startsWith(`${name}/${at}/`));
  for (let at = 0; begins(at); at += 1) {
    lines.push(toLine((part) => values[`${name}/${at}/${part}`] ?? ''));
  }
  return lines;
}

type ChecksProps = {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly checked?: readonly string[];
};

/** Any number of a few choices. */
export function Checks({ name, legend, options, checked = [] }: ChecksProps) {
  return (
    <fieldset>
      <legend className="font-semibold">{legend}</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {options.map((one) => (
          <label key={one.id} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              name={`${name} ${one.id}`}
              value="true"
              defaultChecked={checked.includes(one.id)}
              className="size-5 shrink-0 accent-accent"
            />
            {one.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The choices of {@link Checks} that were made. */
export function checkedOf(values: Values, name: string, ids: readonly string[]): string[] {
  return ids.filter((id) => values[`${name} ${id}`] === 'true');
}
