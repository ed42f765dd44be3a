import { Command } from 'commander';
import { addBackup } from './backup.ts';
import { addBankClient } from './bank-client.ts';
import { addBulletin } from './bulletin.ts';
import { addCheck } from './check.ts';
import { addClose } from './close.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addErase } from './erase.ts';
import { addFigures } from './figures.ts';
import { addImport } from './import.ts';
import { addKeys } from './keys.ts';
import { addMigrate } from './migrate.ts';
import { addRestore } from './restore.ts';
import { addRoot } from './root.ts';
import { addServe, addWorker } from './serve.ts';
import { addStaff } from './staff.ts';
import { addVerify } from './verify.ts';

/** Puts the one command together. */
export function buildProgram(): Command {
  const program = new Command('karkhaneh')
    .description('Runs a government programme for home businesses: one command for everything')
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride();
  const daily = [addServe, addWorker, addMigrate, addDemo, addImport, addFigures, addVerify];
  for (const add of [
    ...daily,
    addClose,
    addStaff,
    addKeys,
    addBankClient,
    addBulletin,
    addRoot,
    addErase,
    addCheck,
    addBackup,
    addRestore,
    addDoctor,
  ])
    add(program);
  for (const command of program.commands) command.exitOverride().showHelpAfterError();
  return program;
}
