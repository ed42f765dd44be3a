import type { Drawing, Ink, Shape } from './drawing.ts';

/** A place where a stream ends or divides. */
export type Node = {
  readonly id: string;
  /** Where the stream comes from; absent for the spring. */
  readonly parent?: string | undefined;
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly href?: string | undefined;
  readonly ink: Ink;
};

type Placed = {
  readonly node: Node;
  readonly depth: number;
  readonly y: number;
  readonly height: number;
};

const nodeWidth = 14;
const rowGap = 14;
const labelHeight = 40;
const streamHeight = 320;

/** How far a node is from the spring. */
function depthOf(nodes: readonly Node[], node: Node): number {
  const parent = nodes.find(({ id }) => id === node.parent);
  return parent ? depthOf(nodes, parent) + 1 : 0;
}

/** Nodes of a column in the order of their parents, none lying over another; each has room for its name. */
function place(nodes: readonly Node[]): Placed[] {
  const most = Math.max(1, ...nodes.map(({ value }) => value));
  const placed: Placed[] = [];
  const depths = nodes.map((node) => depthOf(nodes, node));
  for (let depth = 0; depth <= Math.max(...depths); depth += 1) {
    let free = 0;
    const placeOf = (id: string | undefined) => placed.findIndex(({ node }) => node.id === id);
    const column = nodes
      .filter((_, at) => depths[at] === depth)
      .sort((a, b) => placeOf(a.parent) - placeOf(b.parent));
    for (const node of column) {
      const height = (node.value / most) * streamHeight;
      const first = column.find(({ parent }) => parent === node.parent) === node;
      const above = first ? (placed[placeOf(node.parent)]?.y ?? 0) : 0;
      const y = Math.max(free, above);
      placed.push({ node, depth, y, height });
      free = y + Math.max(height, labelHeight) + rowGap;
    }
  }
  return placed;
}

type Frame = { readonly width: number; readonly rtl: boolean; readonly columns: number };

/** Where a column stands; the last one leaves room for its names. */
function xOf({ width, rtl, columns }: Frame, depth: number): number {
  const step = width / columns;
  const x = depth * step;
  return rtl ? width - x - nodeWidth : x;
}

/** The ribbon between a node and its part of the parent. */
function ribbon(from: Placed, to: Placed, offset: number, frame: Frame): Shape {
  const [a, b] = [xOf(frame, from.depth), xOf(frame, to.depth)];
  const [x1, x2] = frame.rtl ? [a, b + nodeWidth] : [a + nodeWidth, b];
  const middle = (x1 + x2) / 2;
  const top = from.y + offset;
  const bottom = top + to.height;
  const d =
    `M${x1},${top} C${middle},${top} ${middle},${to.y} ${x2},${to.y}` +
    ` L${x2},${to.y + to.height} C${middle},${to.y + to.height} ${middle},${bottom} ${x1},${bottom} Z`;
  return { kind: 'path', d, ink: to.node.ink, opacity: 0.28 };
}

function nodeShapes({ node, depth, y, height }: Placed, frame: Frame): Shape[] {
  const x = xOf(frame, depth);
  const words = `${node.label}: ${node.text}`;
  const href = node.value > 0 ? node.href : undefined;
  const at = frame.rtl ? x - 8 : x + nodeWidth + 8;
  const text = { kind: 'text', x: at, align: frame.rtl ? 'right' : 'left', ink: 'ink' } as const;
  const middle = y + Math.max(height, labelHeight) / 2;
  return [
    {
      ...{ kind: 'rect', x, y, width: nodeWidth, height: Math.max(1, height), ink: node.ink },
      ...{ round: 2, words, href },
    },
    { ...text, y: middle - 10, text: node.text, size: 16, bold: true },
    { ...text, y: middle + 11, text: node.label, size: 13 },
  ];
}

/** Streams that divide from left to right, in Persian from right to left; each is as wide as its number. */
export function sankeyDrawing(all: readonly Node[], width: number, rtl: boolean): Drawing {
  const nodes = all.filter(({ value }) => value > 0);
  const placed = place(nodes);
  const columns = Math.max(0, ...placed.map(({ depth }) => depth)) + 1;
  const frame = { width, rtl, columns };
  const used = new Map<string, number>();
  const ribbons = placed.flatMap((to) => {
    const from = placed.find(({ node }) => node.id === to.node.parent);
    if (!from) return [];
    const offset = used.get(from.node.id) ?? 0;
    used.set(from.node.id, offset + to.height);
    return [ribbon(from, to, offset, frame)];
  });
  const height = Math.max(0, ...placed.map((one) => one.y + Math.max(one.height, labelHeight)));
  return {
    width,
    height,
    shapes: [...ribbons, ...placed.flatMap((one) => nodeShapes(one, frame))],
  };
}
