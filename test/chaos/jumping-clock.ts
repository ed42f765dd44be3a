/**
 * Loaded before the product (`--import`): its clock is off by as many milliseconds as the file CLOCK_OFFSET_FILE
 * says, which the test changes while it runs.
 */
import { readFileSync } from 'node:fs';

const file = process.env.CLOCK_OFFSET_FILE ?? '';
const MachineDate = Date;
let offset = 0;

function look(): void {
  try {
    offset = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // It is being written: the next look will do.
  }
}

look();
setInterval(look, 100).unref();

globalThis.Date = new Proxy(MachineDate, {
  construct: (target, given) =>
    given.length === 0
      ? new target(MachineDate.now() + offset)
      : Reflect.construct(target, given, target),
  get: (target, name) =>
    name === 'now' ? () => MachineDate.now() + offset : Reflect.get(target, name, target),
});
