/** Source texts broken at random: pieces cut out, doubled, moved, replaced by what begins or ends something. */
import type { Random } from "./random.ts";

const PIECES = (
  "( ) [ ] { } << >> %{ %A{ #{ fn do end -> else rescue after catch , ; . + - * / // .. ... | |> && & &1 @ ! not in " +
  'when :: = == => <- \\\\ <> ++ -- --- ^ ^^^ and or nil true ~s( ~S[ ~r/ ~w{ " \' """ \'\'\' : :" a: "a": ?a ?\\ 1 ' +
  "1.0 0x1 1e 1_ 1__0 0b 0o8 @@ %% %{} <<>> {} :{} %: A. .A .( ?. ! !! ~~~ $ ` \u00a0 \u202e \u200b é é ÿ 日本 \\ \\n"
).split(" ");
const BLANKS = ["\n", " ", "\t", "\r\n", ";\n", "\n\n", "# c\n", "\f", "\0"];

export function mutate(random: Random, source: string): string {
  // A window of the text: short enough that what is broken stays near.
  const lines = source.split("\n");
  const start = random.below(lines.length);
  let text = lines.slice(start, start + 1 + random.below(12)).join("\n");
  const changes = 1 + random.below(3);
  for (let i = 0; i < changes; i++) text = change(random, text);
  return text;
}

function change(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const length = 1 + random.below(random.chance(1, 4) ? 20 : 3);
  const piece = random.chance(1, 4) ? random.pick(BLANKS) : random.pick(PIECES);
  const glued = random.chance(1, 2) ? piece : ` ${piece} `;
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + glued + text.slice(at);
    case 2:
      return text.slice(0, at) + glued + text.slice(at + length);
    case 3:
      return text.slice(0, at) + text.slice(at, at + length).repeat(2) + text.slice(at + length);
    case 4: {
      const moved = text.slice(at, at + length);
      const rest = text.slice(0, at) + text.slice(at + length);
      const to = random.below(rest.length + 1);
      return rest.slice(0, to) + moved + rest.slice(to);
    }
    default:
      return text.slice(0, at);
  }
}
