/**
 * Programs made at random from a grammar. Expressions know what kind of value they give, so that most programs run to
 * their end; one in so many operands is of any kind, so that errors are compared too. Variables are numbered and never
 * rebound but where that is the point.
 */
import type { Random } from "./random.ts";

type Kind = "int" | "float" | "bool" | "atom" | "text" | "list" | "map" | "tuple" | "fun" | "any";
const KINDS: readonly Kind[] = ["int", "float", "bool", "atom", "text", "list", "map", "tuple", "any"];

interface Variable {
  readonly name: string;
  readonly kind: Kind;
}

const INTS = (
  "0 1 2 3 7 10 -1 -2 255 256 1000 -1000 65535 2147483647 -2147483648 2147483648 4294967296 9007199254740991 " +
  "9007199254740992 -9007199254740993 18446744073709551616 -18446744073709551617 123456789012345678901234567890"
).split(" ");
const FLOATS =
  "0.0 -0.0 1.0 -1.0 0.1 1.5 2.5 -3.75 1.0e10 1.0e-10 1.0e22 1.0e23 123456789.125 1.7976931348623157e308 5.0e-324".split(
    " ",
  );
const ATOMS = [
  ":a",
  ":b",
  ":ok",
  ":error",
  "nil",
  "true",
  "false",
  ':"with space"',
  "Enum",
  ":Elixir",
  ":+",
  ":a?",
  "Foo.Bar",
  ":é",
];
const TEXTS = [
  '""',
  '"a"',
  '"abc"',
  '"Hello, World"',
  '"é"',
  '"日本語"',
  '"a\\nb"',
  '"\\0"',
  '"tab\\t\\"q\\""',
  '"👩‍👩‍👧"',
  '"  x "',
  '"1,2,3"',
  "<<0, 255>>",
  "<<1, 2, 3>>",
  '"ÀÉ"',
  '"ß"',
  '"42"',
  '"-1.5e3"',
];

export class Grammar {
  readonly #random: Random;
  #variables: Variable[] = [];
  #names = 0;
  /** Levels that expressions may still nest. */
  #depth = 4;

  constructor(random: Random) {
    this.#random = random;
  }

  program(): string {
    this.#variables = [];
    this.#names = 0;
    const module = this.#random.chance(1, 3) ? this.#module() : "";
    return `${module}${module === "" ? "# main\n" : ""}${this.#body(1 + this.#random.below(5))}`;
  }

  #body(statements: number): string {
    const outer = this.#variables;
    const lines: string[] = [];
    for (let i = 0; i < statements; i++) lines.push(this.#statement());
    const used = this.#variables.slice(outer.length).map(({ name }) => name);
    // All values are used: what nobody uses, Erlang's compiler drops, errors and all.
    lines.push(`{${[...used, this.#of(this.#kind())].join(", ")}}`);
    this.#variables = outer;
    return lines.join("\n");
  }

  #statement(): string {
    switch (this.#random.below(10)) {
      case 0:
        return `IO.puts(inspect(${this.#of(this.#kind())}))`;
      case 1:
        return `IO.inspect(${this.#of(this.#kind())}, label: "here")`;
      case 2: {
        const [pattern, kind, value, bound] = this.#matching();
        void kind;
        this.#variables = [...this.#variables, ...bound];
        return `${pattern} = ${value}`;
      }
      default: {
        const kind = this.#kind();
        const value = this.#of(kind);
        const variable = { name: this.#name(), kind };
        this.#variables = [...this.#variables, variable];
        return `${variable.name} = ${value}`;
      }
    }
  }

  #chance(part: number, of: number): boolean {
    return this.#random.chance(part, of);
  }

  #kind(): Kind {
    return this.#random.pick(KINDS);
  }

  #name(): string {
    return `v${++this.#names}`;
  }

  /** An expression of a kind; now and then of any. */
  #of(kind: Kind): string {
    const known = this.#variables.filter((variable) => variable.kind === kind || kind === "any");
    if (known.length > 0 && this.#chance(1, 3)) return this.#random.pick(known).name;
    if (this.#depth <= 0) return this.#literal(kind);
    this.#depth--;
    const result = this.#chance(1, 40) ? this.#make(this.#kind()) : this.#make(kind);
    this.#depth++;
    return result;
  }

  #literal(kind: Kind): string {
    switch (kind) {
      case "int":
        return this.#random.pick(INTS);
      case "float":
        return this.#random.pick(FLOATS);
      case "bool":
        return this.#random.pick(["true", "false"]);
      case "atom":
        return this.#random.pick(ATOMS);
      case "text":
        return this.#random.pick(TEXTS);
      case "list":
        return this.#random.pick([
          "[]",
          "[1, 2, 3]",
          "[:a, 1, 2.0]",
          "[a: 1, b: 2]",
          '~c"abc"',
          "[[1], [2, [3]]]",
          "[:z]",
        ]);
      case "map":
        return this.#random.pick([
          "%{}",
          "%{a: 1}",
          '%{"k" => :v, 1 => 2}',
          "%{1 => :int, 1.0 => :float}",
          "%{a: %{b: [1]}}",
        ]);
      case "tuple":
        return this.#random.pick(["{}", "{1}", "{:ok, 1}", "{:a, :b, :c}", '{"t", 1.5}']);
      case "fun":
        return this.#random.pick([
          "fn x -> x end",
          "&{&1, 1}",
          "&is_integer/1",
          "fn _ -> :same end",
          "&inspect/1",
        ]);
      default:
        return this.#literal(this.#kind());
    }
  }

  #make(kind: Kind): string {
    if (this.#chance(1, 5)) return this.#control(kind);
    const r = this.#random;
    const int = () => this.#of("int");
    const list = () => this.#of("list");
    const map = () => this.#of("map");
    const text = () => this.#of("text");
    const any = () => this.#of("any");
    switch (kind) {
      case "int":
        return r.pick([
          () => this.#literal("int"),
          () => `(${int()} ${r.pick(["+", "-", "*"])} ${int()})`,
          () =>
            `${r.pick(["div", "rem", "max", "min", "Integer.mod", "Integer.floor_div", "Integer.gcd"])}(${int()}, ${int()})`,
          () => `Bitwise.${r.pick(["band", "bor", "bxor"])}(${int()}, ${int()})`,
          () =>
            `Bitwise.${r.pick(["bsl", "bsr"])}(${int()}, ${r.pick(["0", "1", "5", "31", "32", "64", "-3"])})`,
          () => `abs(${int()})`,
          () => `length(${list()})`,
          () => `map_size(${map()})`,
          () => `byte_size(${text()})`,
          () => `String.length(${text()})`,
          () => `Enum.count(${list()})`,
          () => `${r.pick(["trunc", "round", "floor", "ceil"])}(${this.#of("float")})`,
          () =>
            `Enum.reduce(${this.#ints()}, ${int()}, fn x, acc -> ${r.pick(["x + acc", "acc - x", "acc * 3 + x", "max(x, acc)"])} end)`,
          () => `Enum.sum(${this.#ints()})`,
          () => `tuple_size(${this.#of("tuple")})`,
          () => `:erlang.phash2(${this.#literal("any")}, 1000)`,
        ])();
      case "float":
        return r.pick([
          () => this.#literal("float"),
          () => `(${this.#of("float")} ${r.pick(["+", "-"])} ${this.#of(r.pick(["float", "int"]))})`,
          () => `(${r.pick(["1", "3", "-7", "10.0"])} / ${r.pick(["2", "3", "4.0", "7"])})`,
          () => `Float.${r.pick(["round", "floor", "ceil"])}(${this.#literal("float")}, ${r.below(6)})`,
          () => `:math.${r.pick(["sqrt", "floor", "ceil"])}(${r.pick(["2", "4.0", "10", "0.5"])})`,
          () => `abs(${this.#of("float")})`,
        ])();
      case "bool":
        return r.pick([
          () => `(${any()} ${r.pick(["==", "!=", "===", "!==", "<", ">", "<=", ">="])} ${any()})`,
          () => `(${this.#of("bool")} ${r.pick(["and", "or"])} ${this.#of("bool")})`,
          () => `not ${this.#of("bool")}`,
          () =>
            `${r.pick(["is_integer", "is_atom", "is_list", "is_map", "is_binary", "is_number", "is_tuple", "is_boolean"])}(${any()})`,
          () => `(${any()} in ${list()})`,
          () => `match?(${this.#pattern("any")[0]}, ${any()})`,
          () => `Enum.${r.pick(["any?", "all?"])}(${list()}, &is_integer/1)`,
          () => `String.${r.pick(["starts_with?", "ends_with?", "contains?"])}(${text()}, ${text()})`,
          () => `Map.has_key?(${map()}, ${any()})`,
        ])();
      case "atom":
        return r.pick([
          () => this.#literal("atom"),
          () => `(${any()} && ${this.#of("atom")})`,
          () => `(${this.#of("atom")} || ${any()})`,
          () => `if(${this.#of("bool")}, do: ${this.#of("atom")}, else: ${this.#of("atom")})`,
          () => `elem(${this.#of("tuple")}, 0)`,
        ])();
      case "text":
        return r.pick([
          () => this.#literal("text"),
          () => `(${text()} <> ${text()})`,
          () => `"<#{${this.#of(r.pick(["int", "float", "text", "atom"]))}}>"`,
          () => `inspect(${any()})`,
          () =>
            `inspect(${any()}, ${r.pick(["pretty: true, width: 20", "limit: 2", "base: :hex", "charlists: :as_lists"])})`,
          () => `String.${r.pick(["upcase", "downcase", "capitalize", "reverse", "trim"])}(${text()})`,
          () => `String.slice(${text()}, ${r.pick(["0..1", "1..-1//1", "-2..-1//1", "1, 2", "-3, 2"])})`,
          () =>
            `String.${r.pick(["pad_leading", "pad_trailing"])}(${text()}, ${r.below(8)}${r.pick(["", ', "*-"'])})`,
          () =>
            `String.replace(${text()}, ${r.pick(['"a"', '"l"', "~r/[a-c]+/", '""'])}, ${r.pick(['""', '"_"', '"xy"'])})`,
          () => `Integer.to_string(${int()}, ${r.pick(["2", "10", "16", "36"])})`,
          () => `Enum.join(${this.#ints()}, ${r.pick(['""', '", "'])})`,
          () =>
            `<<${r.pick([`${int()}::8`, `${int()}::16-little`, `${int()}::32-signed`, `${this.#of("float")}::float`, '"ab"::utf16'])}, ${text()}::binary>>`,
          () => `to_string(${this.#of(r.pick(["int", "float", "atom", "text"]))})`,
          () => `:erlang.term_to_binary(${any()})`,
          () => `Base.${r.pick(["encode16", "encode64", "encode32"])}(${text()})`,
        ])();
      case "list":
        return r.pick([
          () => this.#literal("list"),
          () => `[${r.times(0, 4, any).join(", ")}]`,
          () => `[${any()} | ${this.#literal("list")}]`,
          () => `(${list()} ${r.pick(["++", "--"])} ${list()})`,
          () => `Enum.${r.pick(["sort", "uniq", "reverse", "with_index", "dedup", "to_list"])}(${list()})`,
          () => `Enum.sort(${list()}, ${r.pick([":desc", "&>=/2", "&(&1 <= &2)"])})`,
          () => `Enum.map(${list()}, ${this.#of("fun")})`,
          () =>
            `Enum.${r.pick(["filter", "reject", "take_while", "drop_while"])}(${list()}, ${r.pick(["&is_integer/1", "&is_atom/1", "fn x -> x > 1 end", "fn x -> x end"])})`,
          () =>
            `Enum.${r.pick(["take", "drop", "chunk_every", "slide"])}(${this.#ints()}, ${r.pick(["1", "2", "3", "1, 2"])})`,
          () => `Enum.sort_by(${list()}, &inspect/1)`,
          () => `Enum.zip(${list()}, ${list()})`,
          () => `Enum.flat_map(${this.#ints()}, fn x -> ${r.pick(["[x, x]", "[]", "[x | [x * x]]"])} end)`,
          () => `Enum.group_by(${this.#ints()}, &rem(&1, 3)) |> Enum.to_list()`,
          () =>
            `(${this.#ints()} |> Stream.map(&(&1 * 2)) |> Stream.${r.pick(["filter(&(&1 > 2))", "take(2)", "uniq()", "chunk_every(2)"])} |> Enum.to_list())`,
          () => `String.${r.pick(["graphemes", "codepoints", "to_charlist", "split"])}(${text()})`,
          () =>
            `String.split(${text()}, ${r.pick(['","', '""', '"l"', '["a", "b"]'])}${r.pick(["", ", trim: true", ", parts: 2"])})`,
          () => `Map.${r.pick(["keys", "values", "to_list"])}(${map()})`,
          () => `Tuple.to_list(${this.#of("tuple")})`,
          () => this.#comprehension("list"),
          () =>
            `Keyword.${r.pick(["put", "put_new"])}([a: 1, b: 2, a: 3], ${r.pick([":a", ":c"])}, ${any()})`,
          () => `Integer.digits(${int()}, ${r.pick(["2", "10", "16"])})`,
        ])();
      case "map":
        return r.pick([
          () => this.#literal("map"),
          () => `%{${r.times(0, 3, () => `${any()} => ${any()}`).join(", ")}}`,
          () => `Map.put(${map()}, ${any()}, ${any()})`,
          () => `Map.${r.pick(["delete", "get", "pop"])}(${map()}, ${r.pick([":a", "1", "1.0", '"k"'])})`,
          () => `Map.merge(${map()}, ${map()})`,
          () => `Map.update(${map()}, ${r.pick([":a", "1"])}, 0, &{&1, 1})`,
          () => `Map.new(${this.#ints()}, fn x -> {rem(x, 5), x} end)`,
          () => this.#comprehension("map"),
          () => `Enum.frequencies(${list()})`,
          () => `%{Map.put(${map()}, :a, 0) | a: ${any()}}`,
          () => `put_in(%{a: %{b: 1}}.a.b, ${any()})`,
          () => `Map.new(1..${r.pick(["5", "12", "28"])}, &{&1, &1 * &1})`,
          () => `MapSet.new(${list()})`,
        ])();
      case "tuple":
        return r.pick([
          () => `{${r.times(0, 4, any).join(", ")}}`,
          () => `List.to_tuple(${list()})`,
          () => `put_elem({1, 2, 3}, ${r.pick(["0", "2", "3"])}, ${any()})`,
          () => `Enum.split_with(${list()}, &is_integer/1)`,
          () => `Enum.min_max(${this.#ints()})`,
          () => `Integer.parse(${text()})`,
          () => `Float.parse(${text()})`,
          () => `Float.ratio(${this.#of("float")})`,
        ])();
      case "fun":
        return this.#literal("fun");
      default:
        return this.#make(this.#kind());
    }
  }

  #ints(): string {
    return this.#random.pick(["[3, 1, 2]", "1..5", "[1, 2, 2, 3, 10]", "10..1//-3", "[5]", "1..3"]);
  }

  #comprehension(into: "list" | "map"): string {
    const r = this.#random;
    const x = this.#name();
    const inner = (name: string, make: () => string): string => {
      const outer = this.#variables;
      this.#variables = [...outer, { name, kind: "any" }];
      const result = make();
      this.#variables = outer;
      return result;
    };
    const filter = r.pick(["", "", `, ${x} != 2`, `, is_integer(${x})`]);
    const generator = r.pick([
      `${x} <- ${this.#of("list")}`,
      `${x} <- ${this.#ints()}`,
      `<<${x} <- "abc">>`,
      `{:ok, ${x}} <- [ok: 1, error: 2, ok: 3]`,
    ]);
    if (into === "map") {
      return `for(${generator}${filter}, into: %{}, do: {${x}, ${inner(x, () => this.#of("any"))}})`;
    }
    if (this.#chance(1, 6)) {
      return `for(${generator}, reduce: []) do acc -> [${x} | acc] end`;
    }
    return `for(${generator}${filter}${r.pick(["", "", ", uniq: true"])}, do: ${inner(x, () => this.#of("any"))})`;
  }

  /** Control flow that gives a value of the kind in each branch. */
  #control(kind: Kind): string {
    const r = this.#random;
    const value = () => this.#of(kind);
    const scoped = (bound: readonly Variable[], make: () => string) => {
      const outer = this.#variables;
      this.#variables = [...outer, ...bound];
      const result = make();
      this.#variables = outer;
      return result;
    };
    const clause = () => {
      const [pattern, bound] = this.#pattern("any");
      const guard = this.#chance(1, 3) && bound.length > 0 ? ` when ${this.#guard(bound)}` : "";
      return `${pattern}${guard} -> ${scoped(bound, value)}`;
    };
    switch (r.below(9)) {
      case 0:
        return `case ${this.#of("any")} do\n${[...r.times(1, 3, clause), ...(this.#chance(4, 5) ? [`_ -> ${value()}`] : [])].join("\n")}\nend`;
      case 1:
        return `cond do\n${this.#of("bool")} -> ${value()}\n${this.#chance(4, 5) ? `true -> ${value()}` : `${this.#of("bool")} -> ${value()}`}\nend`;
      case 2:
        return `if ${this.#of("any")} do\n${value()}\nelse\n${value()}\nend`;
      case 3: {
        const [pattern, , source, bound] = this.#matching();
        return `with ${pattern} <- ${this.#chance(1, 2) ? source : this.#of("any")} do\n${scoped(bound, value)}\nelse\n_ -> ${value()}\nend`;
      }
      case 4: {
        const failing = r.pick([
          `raise(ArgumentError, "no")`,
          `throw({:t, ${this.#literal("int")}})`,
          `exit(:gone)`,
          `div(1, 0)`,
          `hd([])`,
          `:erlang.error(:odd)`,
          `raise("plain")`,
          `Map.fetch!(%{}, :k)`,
          `String.to_integer("x")`,
          `elem({}, 1)`,
          `%{}.missing`,
          `nil.field`,
          `apply(:no, :fun, [1])`,
          value(),
          value(),
          value(),
        ]);
        const after = this.#chance(1, 3) ? `\nafter\nIO.puts("after")` : "";
        const orElse = this.#chance(1, 4) ? `\nelse\n_ -> ${value()}` : "";
        return `try do\n${failing}\nrescue\n${r.pick(["e in ArgumentError -> {:arg, e.message}", "e -> {:rescued, Exception.message(e)}", "ArithmeticError -> :arith", "e in [KeyError, BadMapError] -> e"])}\ncatch\n${r.pick(["k, r -> {k, r}", "x -> {:thrown, x}", ":exit, r -> {:exit, r}"])}${orElse}${after}\nend`;
      }
      case 5: {
        const x = this.#name();
        return `(fn ${x} -> ${scoped([{ name: x, kind: "any" }], value)} end).(${this.#of("any")})`;
      }
      case 6: {
        const message = this.#of("any");
        return `(send(self(), ${message})\nreceive do\n${clause()}\n${this.#name()} -> ${value()}\nafter\n0 -> :none\nend)`;
      }
      case 7:
        return `(${this.#of("any")} |> ${r.pick(["then(&{&1, &1})", "inspect()", "is_map()", "List.wrap()", "tap(&IO.inspect/1)", "case do\nnil -> 1\nx -> x\nend"])})`;
      default: {
        const x = this.#name();
        return `(${x} = ${this.#of("any")}\n${scoped([{ name: x, kind: "any" }], value)})`;
      }
    }
  }

  #guard(bound: readonly Variable[]): string {
    const { name } = this.#random.pick(bound);
    const r = this.#random;
    return r.pick([
      `is_integer(${name})`,
      `is_list(${name}) and length(${name}) > 1`,
      `${name} > 1`,
      `${name} == :a or is_binary(${name})`,
      `is_map(${name}) and map_size(${name}) == 0`,
      `not is_atom(${name})`,
      `${name} in [1, :a, "b"]`,
      `hd(${name}) == 1`,
      `is_tuple(${name}) and elem(${name}, 0) == :ok`,
      `abs(${name}) < 10`,
      `rem(${name}, 2) == 0`,
      `is_map_key(${name}, :a)`,
      `byte_size(${name}) > 0`,
      `${name} in 1..10`,
    ]);
  }

  /** A pattern, and what it binds. */
  #pattern(kind: Kind, depth = 2): [string, Variable[]] {
    const r = this.#random;
    if (depth === 0 || this.#chance(1, 3)) {
      if (this.#chance(1, 4)) return ["_", []];
      const variable: Variable = { name: this.#name(), kind };
      return [variable.name, [variable]];
    }
    const many = (count: number): [string[], Variable[]] => {
      const parts = Array.from({ length: count }, () => this.#pattern("any", depth - 1));
      return [parts.map(([text]) => text), parts.flatMap(([, bound]) => bound)];
    };
    switch (r.below(7)) {
      case 0: {
        const [parts, bound] = many(r.below(4));
        return [`{${parts.join(", ")}}`, bound];
      }
      case 1: {
        const [parts, bound] = many(r.below(4));
        return [`[${parts.join(", ")}]`, bound];
      }
      case 2: {
        const [[head, tail], bound] = many(2);
        return [`[${head} | ${tail}]`, bound];
      }
      case 3: {
        const [[value], bound] = many(1);
        return [`%{${r.pick(["a:", '"k" =>', "1 =>"])} ${value}}`, bound];
      }
      case 4: {
        const rest: Variable = { name: this.#name(), kind: "text" };
        return [
          r.pick([`"a" <> ${rest.name}`, `<<_, ${rest.name}::binary>>`, `<<_::8, ${rest.name}::bitstring>>`]),
          [rest],
        ];
      }
      case 5: {
        const [text, bound] = this.#pattern("any", depth - 1);
        const whole: Variable = { name: this.#name(), kind: "any" };
        return [`${text} = ${whole.name}`, [...bound, whole]];
      }
      default:
        return [this.#literal(r.pick(["int", "atom", "text"])), []];
    }
  }

  /** A pattern and a value that it mostly matches. */
  #matching(): [string, Kind, string, Variable[]] {
    const r = this.#random;
    const a: Variable = { name: this.#name(), kind: "any" };
    const b: Variable = { name: this.#name(), kind: "any" };
    const x = () => this.#of("any");
    return r.pick<() => [string, Kind, string, Variable[]]>([
      () => [`{${a.name}, ${b.name}}`, "tuple", `{${x()}, ${x()}}`, [a, b]],
      () => [`[${a.name} | ${b.name}]`, "list", `[${x()}, ${x()}]`, [a, b]],
      () => [`%{a: ${a.name}}`, "map", `%{a: ${x()}, b: 1}`, [a]],
      () => [`[${a.name}, _ | _]`, "list", this.#of("list"), [a]],
      () => [`<<${a.name}::8, ${b.name}::binary>>`, "text", this.#of("text"), [a, b]],
      () => [`<<${a.name}::4, ${b.name}::bitstring>>`, "text", this.#of("text"), [a, b]],
      () => [`<<${a.name}::utf8, ${b.name}::binary>>`, "text", this.#of("text"), [a, b]],
    ])();
  }

  #module(): string {
    const r = this.#random;
    const outer = this.#variables;
    const functions = r.times(1, 3, () => {
      const name = r.pick(["f", "g", "h"]);
      const clauses = r.times(1, 3, () => {
        const [pattern, bound] = this.#pattern("any");
        this.#variables = bound;
        const guard = this.#chance(1, 3) && bound.length > 0 ? ` when ${this.#guard(bound)}` : "";
        const body = this.#of("any");
        return `  def ${name}(${pattern})${guard}, do: ${body}`;
      });
      return { name, text: clauses.join("\n") };
    });
    this.#variables = outer;
    const names = [...new Set(functions.map(({ name }) => name))];
    const texts = names.map((name) =>
      functions
        .filter((f) => f.name === name)
        .map(({ text }) => text)
        .join("\n"),
    );
    const struct = this.#chance(1, 3) ? "  defstruct [:x, y: 1]\n" : "";
    const calls = names.map(
      (name) =>
        `IO.inspect(try do Fuzz.${name}(${this.#of("any")}) rescue e -> {e.__struct__, Exception.message(e)} end)`,
    );
    const use = struct === "" ? "" : `\nIO.inspect(%{struct(Fuzz, x: ${this.#of("any")}) | y: 2})`;
    return `defmodule Fuzz do\n${struct}${texts.join("\n")}\nend\n# main\n${calls.join("\n")}${use}\n`;
  }
}
