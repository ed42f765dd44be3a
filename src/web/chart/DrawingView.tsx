import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useFormats } from '../format.ts';
import type { Drawing, Shape } from './drawing.ts';

/** Text is anchored by where it begins, which in Persian is its right edge. */
function anchorOf(align: 'left' | 'middle' | 'right', rtl: boolean): 'start' | 'middle' | 'end' {
  if (align === 'middle') return 'middle';
  return (align === 'right') === rtl ? 'start' : 'end';
}

function Drawn({ shape, rtl }: { shape: Shape; rtl: boolean }) {
  if (shape.kind === 'text') {
    return (
      <text
        x={shape.x}
        y={shape.y}
        direction={rtl ? 'rtl' : 'ltr'}
        textAnchor={anchorOf(shape.align, rtl)}
        dominantBaseline="central"
        fontSize={shape.size}
        fontWeight={shape.bold ? 700 : 400}
        fill={`var(--${shape.ink})`}
        pointerEvents="none"
      >
        {shape.text}
      </text>
    );
  }
  const ink = { fill: `var(--${shape.ink})`, fillOpacity: shape.opacity ?? 1 };
  if (shape.kind === 'path') return <path d={shape.d} {...ink} />;
  const { x, y, width, height, round = 0 } = shape;
  return <rect x={x} y={y} width={width} height={height} rx={round} {...ink} />;
}

/** A drawing as part of the page: shapes with a list behind them are links. */
export function DrawingView({ drawing, label }: { drawing: Drawing; label: string }) {
  const { lang } = useFormats();
  const router = useRouter();
  const rtl = lang === 'fa';
  const open = (event: MouseEvent, href: string) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void router.navigate({ href });
  };
  const { width, height, shapes } = drawing;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className="block h-auto max-w-full"
    >
      <title>{label}</title>
      {shapes.map((shape, at) => {
        const key = `${shape.kind}-${at}`;
        const href = shape.kind === 'text' ? undefined : shape.href;
        const words = shape.kind === 'text' ? undefined : shape.words;
        if (href === undefined) return <Drawn key={key} shape={shape} rtl={rtl} />;
        return (
          <a key={key} href={href} aria-label={words} onClick={(event) => open(event, href)}>
            <title>{words}</title>
            <Drawn shape={shape} rtl={rtl} />
          </a>
        );
      })}
    </svg>
  );
}
