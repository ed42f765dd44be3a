import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkNationalId } from '../src/kit/identifiers.ts';
import { isIsoDate, parseJalali } from '../src/kit/jalali.ts';
import { parseNumber } from '../src/kit/persian-text.ts';
import type { WrittenCell } from '../src/platform/spreadsheet/index.ts';
import { findEvent } from './case-story.ts';
import { makeCast } from './cast.ts';
import { makeRegisters, type Register, type RegisterKind, writeRegisters } from './registers.ts';
import { tellStory } from './story.ts';
import { totalsOf } from './totals.ts';

const cases = tellStory();
const registers = makeRegisters(cases);

function register(kind: RegisterKind): Register {
  const found = registers.find((one) => one.kind === kind);
  if (!found) throw new Error(`no register ${kind}`);
  return found;
}

function cellsOf({ fields, rows }: Register, ...field: string[]): WrittenCell[] {
  const at = fields.findIndex((name) => field.includes(name));
  expect(at).toBeGreaterThanOrEqual(0);
  return rows.map((row) => row[at] ?? null);
}

const sum = (cells: readonly WrittenCell[]) =>
  cells.reduce((total: bigint, cell) => total + BigInt(parseNumber(String(cell)) ?? 'none'), 0n);

describe('the four registers', () => {
  it('have a row for everything they know, and nothing else', () => {
    const totals = totalsOf(cases);
    expect(register('permits').rows).toHaveLength(totals.permitsIssued);
    expect(register('referrals').rows).toHaveLength(totals.plansReferred);
    expect(register('payments').rows).toHaveLength(totals.tranchesPaid);
    expect(register('jobs').rows).toHaveLength(totals.jobsRegistered);
  });

  it('add up to the money of the story, in the unit of the header', () => {
    const totals = totalsOf(cases);
    const requested = cellsOf(register('referrals'), 'requested');
    expect(sum(requested) * 1_000_000n).toBe(totals.rialRequested);
    const paid = cellsOf(register('payments'), 'amount');
    expect(sum(paid) * 10n).toBe(totals.rialPaid);
    expect(register('payments').total).toBe(totals.rialPaid);
    expect(register('payments').totalRow).toContain(totals.rialPaid / 10n);
  });

  it('number their rows, and fill every cell of a row', () => {
    for (const one of registers) {
      expect(one.rows.map((row) => row[0])).toEqual(one.rows.map((_, i) => i + 1));
      for (const row of one.rows) {
        expect(row).toHaveLength(one.header.length);
        const filled = row.filter((_, at) => one.fields[at] !== 'workerPermitNumber');
        expect(filled.every((cell) => cell !== null && cell !== '')).toBe(true);
      }
    }
  });

  it('write dates and national IDs in several ways that can all be read', () => {
    for (const one of registers) {
      const dates = cellsOf(one, 'issuedOn', 'referredOn', 'paidOn', 'startedOn');
      const days = dates.map((cell) =>
        typeof cell === 'string' ? parseJalali(cell) : typeof cell === 'object' && cell?.date,
      );
      expect(days.every((day) => typeof day === 'string' && isIsoDate(day))).toBe(true);
      expect([...days]).toEqual([...days].sort());
      expect(dates.some((cell) => typeof cell === 'object')).toBe(true);
      const ids = cellsOf(one, 'nationalId');
      expect(ids.every((id) => checkNationalId(String(id)).ok)).toBe(true);
      expect(new Set(ids.map((id) => typeof id)).size).toBe(2);
    }
  });

  it('spell the same agency in several ways', () => {
    expect(new Set(cellsOf(register('permits'), 'agency')).size).toBeGreaterThan(12);
    const names = cellsOf(register('permits'), 'lastName').map(String);
    expect(names.some((name) => /[\u064a\u0643]/.test(name))).toBe(true);
    expect(names.some((name) => /[\u06cc\u06a9]/.test(name))).toBe(true);
  });

  it('are the same every time', () => {
    expect(makeRegisters(cases)).toEqual(registers);
  });

  it('are written as four workbooks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'registers-'));
    const paths = await writeRegisters(folder, cases);
    for (const path of Object.values(paths))
      expect((await stat(path)).size).toBeGreaterThan(50_000);
    await rm(folder, { recursive: true });
  });
});

describe('the cast', () => {
  const cast = makeCast(cases);

  it('has someone for every desk, by a name of their own', () => {
    const roles = new Set(cast.map((member) => member.role));
    for (const role of [
      'director',
      'officer',
      'expert',
      'bank',
      'ministry',
      'auditor',
      'admin',
      'counter',
    ]) {
      expect(roles).toContain(role);
    }
    const names = cast.map((member) =>
      member.role === 'citizen' ? member.mobile : member.username,
    );
    expect(new Set(names).size).toBe(cast.length);
  });

  it('has seven applicants at different places on the way', () => {
    const citizens = cast.filter((member) => member.role === 'citizen');
    expect(citizens.map((citizen) => citizen.fate)).toEqual([
      'needs_correction',
      'clearance',
      'refused',
      'issued',
      'paid',
      'paid',
      'issued',
    ]);
    for (const citizen of citizens) {
      const story = cases.find((one) => one.caseId === citizen.caseId);
      expect(story?.person.mobile).toBe(citizen.mobile);
      expect(story && findEvent(story, 'permits.submit')).toBeDefined();
    }
  });
});
