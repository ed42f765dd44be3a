import { type FormEvent, useState } from 'react';

const keyOf = (code: string, step: string): string => `draft ${code} ${step}`;

type Texts = { readonly [name: string]: string };

function read(key: string): Texts {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Texts;
  } catch {
    return {};
  }
}

/** What somebody typed on a page and did not save is on this device no longer. */
export function forget(code: string, step: string): void {
  try {
    localStorage.removeItem(keyOf(code, step));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/**
 * Keeps what is typed on a page in the browser until it is saved, so that a lost line, a reload or a
 * look at another page loses nothing. `first` is what stood there when the page was opened.
 */
export function useKept(code: string, step: string) {
  const key = keyOf(code, step);
  const [first] = useState(() => read(key));
  const keep = (name: string, value: string) => {
    try {
      localStorage.setItem(key, JSON.stringify({ ...read(key), [name]: value }));
    } catch {
      // Full or forbidden: the page works, only a reload would lose what is typed.
    }
  };
  const onInput = (event: FormEvent<HTMLElement>) => {
    const field = event.target as HTMLInputElement;
    if (field.name) keep(field.name, field.value);
  };
  return { first, keep, onInput };
}
