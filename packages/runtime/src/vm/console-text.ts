/** Consoles show as `inspect` does what TypeScript has no values of its own for: atoms, funs, references, ports, bitstrings, improper lists. */
import { Atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Fun } from "../term/fun.ts";
import { Port, Reference } from "../term/identifier.ts";
import { funUnique, portText, referenceText } from "../term/identifier-text.ts";
import { Cons } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { show } from "./show.ts";

/** From now on consoles do. */
export function showTerms(): void {
  for (const { prototype } of [Atom, Fun, Reference, Port, Bitstring, Cons])
    Object.defineProperty(prototype, Symbol.for("nodejs.util.inspect.custom"), {
      configurable: true,
      value(this: Term) {
        return consoleText(this);
      },
    });
}

function consoleText(term: Term): string {
  if (term instanceof Fun && term.info.index >= 0) return funShown(term);
  if (term instanceof Reference) return referenceText(term).replace("Ref", "Reference");
  if (term instanceof Port) return portText(term);
  if (term instanceof Bitstring && !term.isBinary) return bitsShown(term);
  return show(term);
}

function funShown(fun: Fun): string {
  const { module, name, arity, index } = fun.info;
  // `-parent/1-fun-0-`
  const [, parent = name.name] = /^-(.+\/\d+)-/.exec(name.name) ?? [];
  return `#Function<${index}.${funUnique(fun)}/${arity} in ${show(module)}.${parent}>`;
}

/** The bits beyond whole bytes are the highest of the last byte. */
function bitsShown({ bytes, bitLength }: Bitstring): string {
  const rest = bitLength % 8;
  const whole = [...bytes.slice(0, -1), `${bytes[bytes.length - 1] >> (8 - rest)}::size(${rest})`];
  return `<<${whole.join(", ")}>>`;
}
