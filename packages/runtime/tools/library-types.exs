# Writes `lib/module/types/library/*.ex` anew from what the real Elixir has inferred of its own functions, which its object code holds:
#
#     elixir packages/runtime/tools/library-types.exs
#
# Left out are what is deprecated or has no documentation, functions of which nothing is known, those that the compiler replaces by Erlang's, and what
# is too long to read and of use to nobody.

alias Module.Types.Descr

groups =
  for {group, names} <- [
        Calendar: ~w(Calendar Date DateTime Duration NaiveDateTime Time),
        Code: ~w(Code Config EEx Exception Inspect Kernel Macro Module OptionParser Protocol),
        Data: ~w(Access Atom Base Bitwise Collectable Enum Enumerable Float Function Integer JSON Keyword List Map MapSet Range Regex
          Stream String StringIO Tuple URI Version)
      ],
      name <- names,
      into: %{},
      do: {name, group}

left_out = [{Module, :reserved_attributes}]
anything = Descr.dynamic()

object_code = Path.wildcard(Path.join(:code.lib_dir(:elixir), "../{elixir,ex_unit,logger,eex}/ebin/Elixir.*.beam"))
# The fields of structs are known of modules that are loaded.
for file <- object_code, do: file |> Path.basename(".beam") |> String.to_atom() |> Code.ensure_loaded!()

documented? = fn docs, name, arity ->
  Enum.any?(docs, fn
    {{:function, ^name, most}, _, _, doc, meta} -> doc != :hidden and arity in (most - Map.get(meta, :defaults, 0))..most
    _ -> false
  end)
end

signatures =
  for file <- object_code,
      {:ok, {module, [{_, chunk}]}} when is_binary(chunk) <-
        [:beam_lib.chunks(String.to_charlist(file), [~c"ExCk"], [:allow_missing_chunks])],
      module != Logger.Translator,
      {:docs_v1, _, _, _, about, meta, docs} when about != :hidden and not is_map_key(meta, :deprecated) <-
        [Code.fetch_docs(file)],
      {_, %{exports: exports}} = :erlang.binary_to_term(chunk),
      {{name, arity}, %{sig: {:infer, clauses}}} <- exports,
      {module, name} not in left_out,
      documented?.(docs, name, arity),
      :elixir_rewrite.inline(module, name, arity) == false,
      not Enum.any?(clauses, fn {args, result} -> Enum.all?([result | args], &(&1 == anything)) end),
      do: {module, Atom.to_string(name), clauses}

written = fn type ->
  type
  |> Descr.to_quoted(collapse_structs: true)
  |> Macro.to_string()
  |> String.replace(~r/\s+/, " ")
  |> String.replace(~r/(?<=[({]) | (?=[)}])/, "")
  |> String.replace("dynamic()", "_")
end

clause = fn {args, result} -> "(#{Enum.map_join(args, ", ", written)}) :: #{written.(result)}" end

for {group, signatures} <- Enum.group_by(signatures, fn {module, _, _} -> groups[hd(Module.split(module))] || :System end) do
  functions =
    for {module, signatures} <- signatures |> Enum.group_by(&elem(&1, 0)) |> Enum.sort() do
      # Those with the same clauses share their lines.
      lines =
        for {clauses, names} <- signatures |> Enum.group_by(&elem(&1, 2), &elem(&1, 1)) |> Enum.sort_by(&Enum.min(elem(&1, 1))),
            one <- clauses,
            do: "    #{names |> Enum.sort() |> Enum.join(" ")}#{clause.(one)}\n"

      "  def of(#{inspect(module)}) do\n    ~S\"\"\"\n#{lines}    \"\"\"\n  end\n\n"
    end

  File.write!(
    Path.join(__DIR__, "../lib/module/types/library/#{group |> Atom.to_string() |> String.downcase()}.ex"),
    "defmodule Module.Types.Library.#{group} do\n  @moduledoc false\n\n#{functions}  def of(_module), do: \"\"\nend\n"
  )
end
