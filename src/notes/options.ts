/**
 * The options of a fence: what an author may write behind ```` ```elixir run ````. A wrong option stops the build
 * with the file and the line.
 */
export interface BlockOptions {
  /** Unique on its page; the recorded output is filed under it. */
  readonly id: string;
  /** The block waits for ever: it is recorded until every process waits, and the reader stops it. */
  readonly interrupt: boolean;
  /** `any`: the lines of the output may come in any order. */
  readonly order: "exact" | "any";
  /** Makes the random numbers of the block repeat. */
  readonly seed: number | null;
  /** The label of a button that the reader may press once the block has run, as often as they like. */
  readonly button: string | null;
  /** What the button evaluates, in the shell of the page. */
  readonly press: string | null;
  /** The picture of its run that opens with it. */
  readonly picture: Picture | null;
}

export const pictures = ["messages", "processes", "schedulers", "time", "receive", "cost"] as const;
export type Picture = (typeof pictures)[number];

export class OptionError extends Error {}

const forms: Record<string, string> = {
  id: 'id="a-name"',
  interrupt: "interrupt",
  order: 'order="any"',
  seed: "seed=7",
  button: 'button="Crash a worker"',
  press: 'press="Process.exit(worker, :kill)"',
  picture: 'picture="messages"',
};

/** Reads the text behind the language of a fence; `null` when it does not start with `run`. */
export function parseOptions(meta: string | null | undefined): BlockOptions | null {
  if (!meta || !/^run\b/.test(meta)) return null;
  const given = new Map<string, string>();
  const rest = meta.slice(3).replace(/\s+([a-z-]+)(?:=(?:"([^"]*)"|(\S+)))?/g, (_, name, quoted, bare) => {
    if (!(name in forms)) {
      throw new OptionError(`unknown option "${name}"; there are: ${Object.values(forms).join(", ")}`);
    }
    given.set(name, quoted ?? bare ?? "");
    return "";
  });
  if (rest.trim() !== "")
    throw new OptionError(`cannot read "${rest.trim()}"; options look like ${forms.id}`);
  const id = given.get("id");
  if (!id || !/^[a-z][a-z0-9-]*$/.test(id)) {
    throw new OptionError(`a block needs an id of small letters, digits and dashes, such as ${forms.id}`);
  }
  const [button, press] = [given.get("button") ?? null, given.get("press") ?? null];
  if ((button === null) !== (press === null)) {
    throw new OptionError(`a button needs both: ${forms.button} ${forms.press}`);
  }
  return {
    id,
    interrupt: given.has("interrupt"),
    order: oneOf("order", given.get("order") ?? "exact", ["exact", "any"]),
    seed: given.has("seed") ? integer("seed", given.get("seed")!) : null,
    button,
    press,
    picture: given.has("picture") ? oneOf("picture", given.get("picture")!, pictures) : null,
  };
}

function oneOf<T extends string>(name: string, value: string, values: readonly T[]): T {
  if ((values as readonly string[]).includes(value)) return value as T;
  throw new OptionError(`${name}="${value}" is none of ${values.join(", ")}`);
}

function integer(name: string, value: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new OptionError(`${name}=${value} is not a whole number`);
}
