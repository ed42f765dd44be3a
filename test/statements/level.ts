import { placingOf } from '../../src/platform/distribution.ts';

/** A node of PostgreSQL's own parse tree, as libpg-query gives it. */
// biome-ignore lint/suspicious/noExplicitAny: the tree has some hundreds of shapes, of which a dozen matter.
export type Tree = any;

/** A spread table in a FROM, and the column by which it is spread. */
export type Spread = { readonly table: string; readonly by: string };

/**
 * One FROM with its conditions: which columns they make equal to one another and to constants, as the planner
 * finds out who sends a statement to the one machine that has the rows.
 */
export class Level {
  readonly spread = new Map<string, Spread>();
  readonly #names = new Set<string>();
  readonly #parent = new Map<string, string>();
  readonly #listed = new Set<string>();
  readonly #parameters: readonly unknown[];
  /** The query around this one, where a condition on its columns counts here: an EXISTS that becomes a join. */
  readonly #around: Level | undefined;

  constructor(parameters: readonly unknown[], around?: Level) {
    this.#parameters = parameters;
    this.#around = around;
  }

  /** A table, or a function, a subquery or a WITH by its name in the FROM. */
  add(alias: string, table?: string): void {
    this.#names.add(alias);
    if (table === undefined) return;
    const placing = placingOf(table);
    if (placing.as === 'distributed') this.spread.set(alias, { table, by: placing.by });
  }

  /** Takes in a condition that holds for every row that comes out. */
  learn(condition: Tree): void {
    for (const one of conjuncts(condition)) {
      const { kind, name, lexpr, rexpr } = one.A_Expr ?? {};
      if (name?.[0]?.String?.sval !== '=') continue;
      if (kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_IN') {
        const key = this.keyOf(lexpr);
        if (key) this.#listed.add(key);
      } else if (kind === 'AEXPR_OP') {
        this.#learnEqual(lexpr, rexpr);
      }
    }
  }

  #learnEqual(left: Tree, right: Tree): void {
    const rows = [left?.RowExpr?.args, right?.RowExpr?.args];
    if (rows[0] && rows[1]) {
      for (const [at, one] of rows[0].entries()) this.#learnEqual(one, rows[1][at]);
      return;
    }
    this.equate(this.keyOf(left), this.keyOf(right));
  }

  equate(one: string | undefined, other: string | undefined): void {
    if (one === undefined || other === undefined) return;
    const [from, to] = [this.#root(one), this.#root(other)];
    if (from === to) return;
    // A constant stays the root of its class.
    if (isConstant(from)) this.#parent.set(to, from);
    else this.#parent.set(from, to);
  }

  /** The constant that a key is equal to; undefined where there is none. */
  constantOf(key: string | undefined): string | undefined {
    const root = key === undefined ? undefined : this.#root(key);
    return root !== undefined && isConstant(root) ? root : undefined;
  }

  /** Whether a column is held to a list of constants: several machines, each of which is known. */
  isListed(key: string): boolean {
    return this.#listed.has(key);
  }

  /** What an expression is called here: a constant by its value, a column by table and name. */
  keyOf(node: Tree): string | undefined {
    if (node?.TypeCast) return this.keyOf(node.TypeCast.arg);
    if (node?.ParamRef) return constant(this.#parameters[node.ParamRef.number - 1]);
    if (node?.A_Const) return node.A_Const.isnull ? undefined : constant(literal(node.A_Const));
    const names = node?.ColumnRef?.fields.map((field: Tree) => field.String?.sval ?? '*');
    if (!names || names.includes('*')) return undefined;
    return names.length === 1 ? this.#bare(names[0]) : this.#qualified(names.at(-2), names.at(-1));
  }

  #qualified(alias: string, column: string): string | undefined {
    if (this.#names.has(alias)) return `${alias}.${column}`;
    return this.#around?.constantOf(this.#around.#qualified(alias, column));
  }

  #bare(column: string): string | undefined {
    const holders = [...this.spread].filter(([, { by }]) => by === column);
    if (holders.length === 1) return `${holders[0]?.[0]}.${column}`;
    return holders.length > 1 || this.#names.size > 0
      ? undefined
      : this.#around?.constantOf(this.#around.#bare(column));
  }

  #root(key: string): string {
    let at = key;
    for (let up = this.#parent.get(at); up !== undefined; up = this.#parent.get(at)) at = up;
    return at;
  }
}

const isConstant = (key: string) => key.startsWith('=');
const constant = (value: unknown) => `=${String(value)}`;

function literal({ ival, sval, boolval, fval }: Tree): unknown {
  if (ival) return ival.ival ?? 0;
  return sval?.sval ?? fval?.fval ?? boolval?.boolval ?? '';
}

/** The parts of a condition that all have to hold. */
export function conjuncts(condition: Tree): Tree[] {
  if (!condition) return [];
  const { boolop, args } = condition.BoolExpr ?? {};
  return boolop === 'AND_EXPR' ? args.flatMap(conjuncts) : [condition];
}
