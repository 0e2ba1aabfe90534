/**
 * What an author may write behind the language of an Elixir fence: one table of options, from which they are read, checked
 * and explained. A wrong one stops the build with the file and the line.
 */

/** A fence is a block that runs, or belongs to the block above it. */
export type FenceKind = "run" | "check" | "solution" | "button";

export interface BlockOptions {
  /** Unique on its page; the recorded output is filed under it. */
  readonly id: string;
  /** The block waits for ever: it is recorded until every process waits, and the reader stops it. */
  readonly interrupt: boolean;
  /** `any`: the lines of the output may come in any order. */
  readonly order: "exact" | "any";
  /** Makes the random numbers of the block repeat. */
  readonly seed: number | null;
  /** The reader is to change the code until the `check` below it passes. */
  readonly exercise: boolean;
  /** The label of a button that evaluates `press` beside the block. */
  readonly button: string | null;
  readonly press: string | null;
  /** The picture of its run that opens with it. */
  readonly picture: Picture | null;
}

export const pictures = ["messages", "processes", "schedulers", "time", "receive", "cost"] as const;
export type Picture = (typeof pictures)[number];

export class OptionError extends Error {}

interface Option {
  /** How it is written. */
  readonly form: string;
  /** What it is for, as CONTRIBUTING has it. */
  readonly meaning: string;
  /** What was written behind its `=`; `null` when there is none. Throws what is wrong with it. */
  read(written: string | null): unknown;
  /** What it is when it is not written. */
  readonly otherwise: unknown;
}

const ID = /^[a-z][a-z0-9-]*$/;

export const blockOptions: { readonly [Name in keyof BlockOptions]: Option } = {
  id: {
    form: 'id="a-name"',
    meaning: "required, unique on the page: under it the output is recorded",
    otherwise: undefined,
    read(written) {
      if (written !== null && ID.test(written)) return written;
      throw `a block needs an id of small letters, digits and dashes, such as id="a-name"`;
    },
  },
  interrupt: flag("interrupt", "the block waits for ever; the reader stops it"),
  order: {
    form: 'order="any"',
    meaning: "the lines of the output may come in any order",
    otherwise: "exact",
    read(written) {
      if (written === "any" || written === "exact") return written;
      throw `order is "any" or "exact", not "${written ?? ""}"`;
    },
  },
  seed: {
    form: "seed=7",
    meaning: "the random numbers of this block repeat",
    otherwise: null,
    read(written) {
      const number = written === null || written === "" ? Number.NaN : Number(written);
      if (Number.isSafeInteger(number) && number >= 0) return number;
      throw `seed is a whole number, not "${written ?? ""}"`;
    },
  },
  exercise: flag("exercise", "the reader changes the code until the `check` below it passes"),
  button: textOption(
    'button="Crash it"',
    "the label of a button that evaluates `press` while the block runs, and after",
  ),
  press: textOption(
    "press='Process.exit(pid, :kill)'",
    "what the button evaluates, with the bindings of the page, beside the block",
  ),
  picture: {
    form: 'picture="messages"',
    meaning: `the picture of its run that opens with it: ${pictures.join(", ")}`,
    otherwise: null,
    read(written) {
      if ((pictures as readonly (string | null)[]).includes(written)) return written;
      throw `picture is one of ${pictures.join(", ")}, not "${written ?? ""}"`;
    },
  },
};

function flag(name: string, meaning: string): Option {
  return {
    form: name,
    meaning,
    otherwise: false,
    read(written) {
      if (written === null) return true;
      throw `${name} stands alone, without "=${written}"`;
    },
  };
}

function textOption(form: string, meaning: string): Option {
  return {
    form,
    meaning,
    otherwise: null,
    read(written) {
      if (written !== null && written.trim() !== "") return written;
      throw `${form.split("=")[0]} needs a text, such as ${form}`;
    },
  };
}

/** What the text behind the language of a fence begins with; `null` for a fence that is only shown. */
export function kindOf(meta: string | null | undefined): FenceKind | null {
  return (/^(run|check|solution|button)(?![\w-])/.exec(meta ?? "")?.[1] as FenceKind | undefined) ?? null;
}

/** The options of a block that runs: all that stands behind `run`. */
export function parseOptions(meta: string): BlockOptions {
  const given = attributesOf(meta.replace(/^run/, ""));
  for (const name of given.keys()) {
    if (name in blockOptions) continue;
    const forms = Object.values(blockOptions).map(({ form }) => form);
    throw new OptionError(`unknown option "${name}"; there are: ${forms.join(", ")}`);
  }
  const entries = Object.entries<Option>(blockOptions).map(([name, { read, otherwise }]) => {
    const isRequired = otherwise === undefined;
    return [name, given.has(name) || isRequired ? checked(() => read(given.get(name) ?? null)) : otherwise];
  });
  const options: BlockOptions = Object.fromEntries(entries);
  if ((options.button === null) !== (options.press === null))
    throw new OptionError("button and press go together: what is written on it, and what it evaluates");
  if (options.exercise && options.interrupt)
    throw new OptionError(
      "an exercise has to end, so that it can be checked: it cannot be interrupt as well",
    );
  return options;
}

/** The label of a fence whose code is what a button evaluates: `button="Crash it"`. */
export function labelOf(meta: string): string {
  const given = attributesOf(meta);
  const others = [...given.keys()].filter((name) => name !== "button");
  if (others.length > 0)
    throw new OptionError(`a button has no option "${others[0]}"; its code is the fence`);
  return checked(() => blockOptions.button.read(given.get("button") ?? null)) as string;
}

/** `a="1" b='2' c=3 d`, by name. */
function attributesOf(text: string): Map<string, string | null> {
  const given = new Map<string, string | null>();
  const rest = ` ${text}`.replace(
    /\s+([a-z][a-z-]*)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?(?=\s|$)/g,
    (_, name, double, single, bare) => {
      if (given.has(name)) throw new OptionError(`the option "${name}" is written twice`);
      given.set(name, double ?? single ?? bare ?? null);
      return "";
    },
  );
  if (rest.trim() !== "")
    throw new OptionError(
      `cannot read ${rest.trim()} in the options; they look like ${blockOptions.id.form}`,
    );
  return given;
}

function checked<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (problem) {
    throw new OptionError(String(problem));
  }
}
