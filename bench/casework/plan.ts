/** A statement as the product sent it, with what is new in each case left open. */
export type Statement = {
  /** Set where the product has it prepared once a connection. */
  readonly name: string | null;
  readonly text: string;
  /** Null for what is sent without parameters; in a value `«k»` stands for the case's k-th own value. */
  readonly values: readonly (string | null)[] | null;
};

/** What stands for a case's own value: an id, or a number of a person or a permit. */
export type Own = 'uuid4' | 'uuid7' | 'nationalId' | 'permitNumber';

/** The statements of each act, in the batches in which they went out: a batch is one way there and back. */
export type Plan = {
  readonly own: readonly Own[];
  readonly acts: Readonly<Record<Act, readonly (readonly Statement[])[]>>;
};

export const acts = ['submit', 'sign', 'grant'] as const;
export type Act = (typeof acts)[number];

/** A line that record.ts has written. */
export type Line = Statement & { readonly batch: number; readonly connection: number };

/** What the product does by its clock while an act is recorded, on another connection: it looks whether the reference data is newer. */
const beside = /\breference_versions\b/;

/** The lines of an act without the transactions that are nobody's act. */
function ofAct(lines: readonly Line[]): Line[] {
  const kept = new Set<Line>();
  for (const own of Map.groupBy(lines, ({ connection }) => connection).values()) {
    const transactions: Line[][] = [[]];
    for (const line of own) {
      if (/^begin\b/i.test(line.text)) transactions.push([]);
      transactions.at(-1)?.push(line);
    }
    const acting = transactions.filter((one) => !one.some(({ text }) => beside.test(text)));
    for (const line of acting.flat()) kept.add(line);
  }
  return lines.filter((line) => kept.has(line));
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Makes a plan of one case's recorded acts: whatever names this case alone becomes a value of its own.
 * @param shared ids that every case shares: accounts
 */
export function makePlan(
  lines: Readonly<Record<Act, readonly Line[]>>,
  it: { nationalId: string; permitNumber: string; shared: ReadonlySet<string> },
): Plan {
  const known = new Map<string, number>();
  const own: Own[] = [];
  const placeOf = (text: string, kind: Own) => {
    const before = known.get(text);
    if (before !== undefined) return `«${before}»`;
    known.set(text, own.length);
    own.push(kind);
    return `«${own.length - 1}»`;
  };
  const opened = (value: string | null) =>
    value
      ?.replaceAll(uuids, (id) =>
        it.shared.has(id) ? id : placeOf(id, id.charAt(14) === '7' ? 'uuid7' : 'uuid4'),
      )
      .replaceAll(it.nationalId, () => placeOf(it.nationalId, 'nationalId'))
      .replaceAll(it.permitNumber, () => placeOf(it.permitNumber, 'permitNumber'));
  const batches = (act: Act) =>
    [...Map.groupBy(ofAct(lines[act]), ({ batch }) => batch).values()].map((batch) =>
      batch.map(({ name, text, values }) => ({
        name,
        text,
        values: values?.map((value) => opened(value) ?? null) ?? null,
      })),
    );
  return {
    acts: { submit: batches('submit'), sign: batches('sign'), grant: batches('grant') },
    own,
  };
}
