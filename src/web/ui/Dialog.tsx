import { type ReactNode, useEffect } from 'react';
import { bring, Late } from './Late.tsx';

// What draws it comes behind the page that may open it.
const load = async () => (await import('./DialogBox.tsx')).DialogBox;

/** Long enough for the page itself to be drawn and used first, milliseconds. */
const afterMs = 1500;

/** A question put over the page; Escape and the cross close it, and nothing is done then. */
export function Dialog({
  title,
  open,
  onClose,
  children,
}: {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  useEffect(() => {
    const timer = setTimeout(() => bring(load), afterMs);
    return () => clearTimeout(timer);
  }, []);
  return open ? <Late load={load} props={{ title, onClose, children }} /> : null;
}
