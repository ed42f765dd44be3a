import { loadModule, parseSync } from 'libpg-query';
import { placingOf } from '../../src/platform/distribution.ts';
import { conjuncts, Level, type Tree } from './level.ts';

/** Functions that look into spread tables or are each machine's own: no machine may be asked to run them on its rows. */
const ofTheCoordinator =
  /^(?:find_people|find_session|find_client_token|enqueue_jobs?|pg_notify|pg_(?:try_)?advisory.*)$/;
const volatile = /^(?:random|gen_random_uuid|clock_timestamp|timeofday|nextval|setval|pg_sleep)$/;
/** What an upsert may call in DO UPDATE: nothing that could answer differently on two machines. */
const pure = /^(?:array_cat|array_append|array_remove|greatest|least|lower|upper|abs)$/;

/**
 * What a database that is spread by province would refuse of a statement, or do on every machine: each spread
 * table has to be held to one constant, everywhere in it. Empty for a statement that goes to one machine.
 */
export async function faultsOf(text: string, parameters: readonly unknown[]): Promise<string[]> {
  await loadModule();
  const reading = new Reading(parameters);
  for (const { stmt } of (parseSync(text) as Tree).stmts) reading.read(stmt);
  return reading.faults();
}

type Names = ReadonlySet<string>;

class Reading {
  readonly #parameters: readonly unknown[];
  readonly #faults = new Set<string>();
  readonly #provinces = new Set<string>();
  readonly #functions = new Set<string>();
  readonly #kinds = new Map<string, string>();
  #spread = false;

  constructor(parameters: readonly unknown[]) {
    this.#parameters = parameters;
  }

  read(statement: Tree): void {
    this.#statement(statement, new Set(), undefined);
  }

  faults(): string[] {
    if (this.#provinces.size > 1) this.#faults.add(`provinces ${[...this.#provinces].join(' ')}`);
    if (this.#kinds.size > 1) {
      this.#faults.add(`asked together: ${[...this.#kinds.values()].join(' ')}`);
    }
    for (const name of this.#functions) {
      if (this.#spread && ofTheCoordinator.test(name)) {
        this.#faults.add(`${name}() beside tables that lie elsewhere`);
      }
    }
    return [...this.#faults];
  }

  /** Reads a statement; the levels whose rows come out of it. */
  #statement(node: Tree, names: Names, around: Level | undefined): Level[] {
    if (node.SelectStmt) return this.#select(node.SelectStmt, names, around);
    if (node.InsertStmt) return this.#insert(node.InsertStmt, names);
    if (node.UpdateStmt) return this.#change(node.UpdateStmt, names);
    if (node.DeleteStmt) return this.#change(node.DeleteStmt, names);
    if (node.MergeStmt) this.#faults.add('MERGE');
    return [];
  }

  /** The WITH of a statement; the names that it adds. */
  #with(clause: Tree, names: Names): Names {
    const known = new Set(names);
    for (const { CommonTableExpr: one } of clause?.ctes ?? []) {
      if (clause.recursive) known.add(one.ctename);
      this.#statement(one.ctequery, known, undefined);
      known.add(one.ctename);
    }
    return known;
  }

  #select(select: Tree, outer: Names, around: Level | undefined): Level[] {
    const names = this.#with(select.withClause, outer);
    if (select.op && select.op !== 'SETOP_NONE') {
      return [select.larg, select.rarg].flatMap((side) => this.#select(side, names, around));
    }
    if (select.valuesLists && holdsSubquery(select.valuesLists)) {
      this.#faults.add('a subquery inside VALUES');
    }
    const level = this.#from(select.fromClause, names, around);
    level.learn(select.whereClause);
    this.#check(level);
    if (level.spread.size > 0 && select.groupClause?.some((one: Tree) => one.GroupingSet)) {
      this.#faults.add('GROUPING SETS over a table');
    }
    const { fromClause: _from, whereClause, withClause: _with, ...rest } = select;
    this.#conditions(whereClause, names, level);
    this.#inside(rest, names, level);
    return [level];
  }

  #from(clause: readonly Tree[] | undefined, names: Names, around: Level | undefined): Level {
    const level = new Level(this.#parameters, around);
    for (const item of clause ?? []) this.#range(item, names, level);
    return level;
  }

  /** One thing of a FROM; the names that it brings. */
  #range(item: Tree, names: Names, level: Level): string[] {
    if (item.JoinExpr) return this.#join(item.JoinExpr, names, level);
    const one = item.RangeVar ?? item.RangeSubselect ?? item.RangeFunction ?? {};
    const alias = one.alias?.aliasname ?? one.relname ?? '';
    if (item.RangeVar) this.#table(one, names, level);
    else level.add(alias);
    if (item.RangeSubselect) this.#statement(one.subquery, names, undefined);
    if (item.RangeFunction) this.#inside(one.functions, names, level);
    return [alias];
  }

  #table(one: Tree, names: Names, level: Level): void {
    const alias = one.alias?.aliasname ?? one.relname;
    const ours = one.schemaname === undefined || one.schemaname === 'public';
    const known = ours && !names.has(one.relname) && !one.relname.startsWith('pg_');
    level.add(alias, known ? one.relname : undefined);
  }

  #join(join: Tree, names: Names, level: Level): string[] {
    const left = this.#range(join.larg, names, level);
    const right = this.#range(join.rarg, names, level);
    for (const { String: column } of join.usingClause ?? []) {
      level.equate(`${left.at(-1)}.${column.sval}`, `${right.at(-1)}.${column.sval}`);
    }
    level.learn(join.quals);
    this.#conditions(join.quals, names, level);
    return [...left, ...right];
  }

  #insert(insert: Tree, outer: Names): Level[] {
    const names = this.#with(insert.withClause, outer);
    const placing = placingOf(insert.relation.relname);
    const source = insert.selectStmt?.SelectStmt;
    if (source) this.#select(source, names, undefined);
    if (placing.as === 'distributed') {
      this.#spread = true;
      if (placing.by === 'province_id') this.#checkInserted(insert, source, names);
      this.#checkUpsert(insert.onConflictClause);
    }
    return [];
  }

  /** Each row of an insert goes to one place, which is known before it is read. */
  #checkInserted(insert: Tree, source: Tree, names: Names): void {
    const at = insert.cols?.findIndex((one: Tree) => one.ResTarget.name === 'province_id') ?? -1;
    const rows = source?.valuesLists?.map((row: Tree) => row.List.items[at]);
    const level = this.#from(source?.fromClause, names, undefined);
    level.learn(source?.whereClause);
    const chosen = rows ?? [
      source?.targetList?.slice(0, at + 1).every((one: Tree) => !isStar(one.ResTarget.val)) &&
        source.targetList[at]?.ResTarget.val,
    ];
    for (const value of chosen) {
      const found = value ? level.constantOf(level.keyOf(value)) : undefined;
      if (found === undefined) this.#faults.add(`${insert.relation.relname}: inserted anywhere`);
      else this.#provinces.add(found);
    }
  }

  #checkUpsert(clause: Tree): void {
    if (clause?.action !== 'ONCONFLICT_UPDATE') return;
    const { targetList, whereClause } = clause;
    if (holdsSubquery([targetList, whereClause])) this.#faults.add('a subquery in DO UPDATE');
    for (const name of functionsIn([targetList, whereClause])) {
      if (!pure.test(name)) this.#faults.add(`${name}() in DO UPDATE`);
    }
    if (clause.infer?.indexElems === undefined) this.#faults.add('ON CONFLICT without its columns');
  }

  #change(change: Tree, outer: Names): Level[] {
    const names = this.#with(change.withClause, outer);
    const level = this.#from(change.fromClause ?? change.usingClause, names, undefined);
    this.#table(change.relation, names, level);
    level.learn(change.whereClause);
    this.#check(level);
    for (const { ResTarget: set } of change.targetList ?? []) {
      const placing = placingOf(change.relation.relname);
      if (placing.as === 'distributed' && placing.by === set.name) {
        this.#faults.add(`${change.relation.relname}: ${set.name} is changed`);
      }
      for (const name of functionsIn(set)) {
        if (volatile.test(name)) this.#faults.add(`${name}() in UPDATE`);
      }
    }
    this.#conditions(change.whereClause, names, level);
    this.#inside([change.targetList, change.returningList, change.returningClause], names, level);
    return [level];
  }

  /** The subqueries of a condition: of those that become joins, what is known outside counts inside. */
  #conditions(condition: Tree, names: Names, level: Level): void {
    for (const one of conjuncts(condition)) {
      const denied = one.BoolExpr?.boolop === 'NOT_EXPR' ? one.BoolExpr.args[0] : undefined;
      const link = denied?.SubLink ?? one.SubLink;
      const exists = link?.subLinkType === 'EXISTS_SUBLINK';
      const joins = exists || (link?.subLinkType === 'ANY_SUBLINK' && denied === undefined);
      if (joins) this.#statement(link.subselect, names, level);
      else this.#inside(one, names, level);
    }
  }

  /** Functions and subqueries anywhere in an expression; such a subquery is asked for each row, by itself. */
  #inside(node: Tree, names: Names, level: Level): void {
    if (node === null || typeof node !== 'object') return;
    if (node.SubLink) {
      this.#statement(node.SubLink.subselect, names, undefined);
      this.#inside(node.SubLink.testexpr, names, level);
      return;
    }
    if (node.FuncCall) this.#functions.add(nameOf(node.FuncCall));
    for (const part of Object.values(node)) this.#inside(part, names, level);
  }

  #check(level: Level): void {
    const tables = [...level.spread.values()];
    if (tables.length > 0) this.#spread = true;
    for (const { table, by } of tables) this.#kinds.set(by, table);
    for (const [alias, { table, by }] of level.spread) {
      const key = `${alias}.${by}`;
      const found = level.constantOf(key);
      if (found !== undefined && by === 'province_id') this.#provinces.add(found);
      if (found === undefined && (by === 'province_id' || !level.isListed(key))) {
        this.#faults.add(`${table}: ${by} is not a constant`);
      }
    }
  }
}

const isStar = (node: Tree) => node?.ColumnRef?.fields.some((field: Tree) => field.A_Star);
const nameOf = ({ funcname }: Tree): string => funcname.at(-1)?.String?.sval ?? '';

function holdsSubquery(node: Tree): boolean {
  if (node === null || typeof node !== 'object') return false;
  return 'SubLink' in node || Object.values(node).some(holdsSubquery);
}

function functionsIn(node: Tree): string[] {
  if (node === null || typeof node !== 'object') return [];
  const own = node.FuncCall ? [nameOf(node.FuncCall)] : [];
  return [...own, ...Object.values(node).flatMap(functionsIn)];
}
