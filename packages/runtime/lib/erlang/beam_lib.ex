defmodule :beam_lib do
  @moduledoc """
  Erlang's `:beam_lib`: what is in the object code of a module. `beam` is object code or the name of a file of it.
  """

  @doc "The module, and the name, place and size of each chunk."
  def info(beam) do
    case read(beam) do
      {:ok, binary} ->
        chunks = chunks_of(binary)
        places = for {id, start, data} <- chunks, do: {id, start, byte_size(data)}
        file = if is_binary(beam), do: [binary: beam], else: [file: beam]
        file ++ [module: module(chunks), chunks: places]

      {:error, :beam_lib, _} = error ->
        error
    end
  end

  @doc "`{:ok, {module, [{chunk, content}]}}` of the chunks asked for, by their names or by what they hold."
  def chunks(beam, wanted), do: chunks(beam, wanted, [])

  def chunks(beam, wanted, options) do
    with {:ok, binary} <- read(beam) do
      all = chunks_of(binary)
      contents = for want <- wanted, do: {want, content(want, all)}

      case List.keyfind(contents, :missing, 1) do
        {want, :missing} when want not in [:debug_info] ->
          if :allow_missing_chunks in options do
            {:ok, {module(all), for({want, found} <- contents, do: {want, absent(found)})}}
          else
            {:error, :beam_lib, {:missing_chunk, beam, id(want)}}
          end

        _ ->
          {:ok, {module(all), for({want, found} <- contents, do: {want, absent(found)})}}
      end
    end
  end

  @doc "All chunks."
  def all_chunks(beam) do
    with {:ok, binary} <- read(beam) do
      all = chunks_of(binary)
      {:ok, module(all), for({id, _, data} <- all, do: {id, data})}
    end
  end

  @doc "Puts chunks together to object code."
  def build_module(chunks) do
    body =
      for {id, data} <- chunks, into: "BEAM" do
        padding = rem(4 - rem(byte_size(data), 4), 4)
        <<:erlang.list_to_binary(id)::binary, byte_size(data)::32, data::binary, 0::size(padding * 8)>>
      end

    {:ok, <<"FOR1", byte_size(body)::32, body::binary>>}
  end

  @doc "The MD5 of the code."
  def md5(beam) do
    with {:ok, binary} <- read(beam) do
      all = chunks_of(binary)
      {:ok, {module(all), :erlang.md5(for({_, _, data} <- all, do: data))}}
    end
  end

  @doc "The version that the attribute `vsn` gives."
  def version(beam) do
    with {:ok, {module, [attributes: attributes]}} <- chunks(beam, [:attributes]) do
      {:ok, {module, Keyword.get(attributes, :vsn, [])}}
    end
  end

  @doc "Words for an error."
  def format_error({:error, :beam_lib, reason}), do: format_error(reason)
  def format_error({:not_a_beam_file, beam}), do: :io_lib.format(~c"~tp: Not a BEAM file~n", [beam])
  def format_error({:missing_chunk, beam, chunk}), do: :io_lib.format(~c"~tp: Missing chunk ~p~n", [beam, chunk])
  def format_error({:file_error, file, reason}), do: :io_lib.format(~c"~tp: ~tp~n", [file, :file.format_error(reason)])
  def format_error(other), do: :io_lib.format(~c"~tp~n", [other])

  defp read(<<"FOR1", _::binary>> = binary), do: {:ok, binary}
  defp read(binary) when is_binary(binary), do: {:error, :beam_lib, {:not_a_beam_file, binary}}

  defp read(file) do
    name = if Path.extname(to_string(file)) == ".beam", do: to_string(file), else: "#{file}.beam"

    case File.read(name) do
      {:ok, binary} -> read(binary)
      {:error, reason} -> {:error, :beam_lib, {:file_error, String.to_charlist(name), reason}}
    end
  end

  defp chunks_of(<<"FOR1", _::32, "BEAM", rest::binary>>), do: chunks_of(rest, 12)
  defp chunks_of(_), do: []

  defp chunks_of(<<id::binary-4, size::32, data::binary-size(size), rest::binary>>, start) do
    padding = min(rem(4 - rem(size, 4), 4), byte_size(rest))
    <<_::binary-size(padding), rest::binary>> = rest
    [{:erlang.binary_to_list(id), start + 8, data} | chunks_of(rest, start + 8 + size + padding)]
  end

  defp chunks_of(_, _), do: []

  defp module(chunks) do
    with [module | _] <- atoms(chunks), do: module
  end

  defp atoms(chunks) do
    case List.keyfind(chunks, ~c"AtU8", 0) do
      {_, _, <<_::32, names::binary>>} -> for(<<size, name::binary-size(size) <- names>>, do: String.to_atom(name))
      nil -> []
    end
  end

  @ids [
    abstract_code: ~c"Abst",
    atoms: ~c"AtU8",
    attributes: ~c"Attr",
    compile_info: ~c"CInf",
    debug_info: ~c"Dbgi",
    documentation: ~c"Docs",
    exports: ~c"ExpT"
  ]

  defp id(want) when is_list(want), do: want
  defp id(want), do: Keyword.get(@ids, want, want)

  defp content(want, chunks) do
    case List.keyfind(chunks, id(want), 0) do
      nil -> :missing
      {_, _, data} when is_list(want) -> data
      {_, _, data} when want == :exports -> exports(data, atoms(chunks))
      {_, _, _} when want == :atoms -> Enum.with_index(atoms(chunks), &{&2 + 1, &1})
      {_, _, data} when want == :attributes -> attributes(:erlang.binary_to_term(data))
      {_, _, data} -> :erlang.binary_to_term(data)
    end
  end

  defp absent(:missing), do: :missing_chunk
  defp absent(found), do: found

  defp exports(<<_::32, table::binary>>, atoms) do
    Enum.sort(for(<<name::32, arity::32, _::32 <- table>>, do: {Enum.at(atoms, name - 1), arity}))
  end

  defp attributes(pairs), do: for({key, value} <- pairs, do: {key, List.wrap(value)})
end
