/** Pids, references, ports and funs as Erlang prints them. */
import { atom, atomHash } from "./atom.ts";
import type { Fun } from "./fun.ts";
import type { Pid, Port, Reference } from "./identifier.ts";

export function pidText(pid: Pid): string {
  return `<${pid.node}.${pid.id}.${pid.serial}>`;
}

export function portText(port: Port): string {
  return `#Port<${port.node}.${port.id}>`;
}

/** A reference has three numbers of 32 bits, the lowest last. */
export function referenceText(reference: Reference): string {
  const high = Math.floor(reference.id / 2 ** 32);
  return `#Ref<${reference.node}.0.${high}.${reference.id % 2 ** 32}>`;
}

export function funText(fun: Fun): string {
  const { module, name, arity, index } = fun.info;
  if (index < 0) return `fun ${module.name}:${name.name}/${arity}`;
  return `#Fun<${module.name}.${index}.${funUnique(fun)}>`;
}

/** The module of funs in interpreted code; the number is that of OTP 25. */
const ERL_EVAL = atom("erl_eval");

/** A number that tells the versions of a module apart. */
export function funUnique(fun: Fun): number {
  if (fun.info.module === ERL_EVAL) return 3316493;
  return atomHash(fun.info.module) & 0x7ffffff;
}
