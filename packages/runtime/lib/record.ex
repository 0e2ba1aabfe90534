# Records: tuples with a tag, and macros that give their positions names.
defmodule Record do
  @moduledoc """
  Macros to make and read records, the tuples with named positions of Erlang.

      defmodule User do
        require Record
        Record.defrecord(:user, name: "john", age: 25)
      end
  """

  @doc "Tells whether `data` is a record of the given kind. Allowed in guards."
  defguard is_record(data, kind)
           when is_atom(kind) and is_tuple(data) and tuple_size(data) > 0 and elem(data, 0) == kind

  @doc "Tells whether `data` is a record. Allowed in guards."
  defguard is_record(data) when is_tuple(data) and tuple_size(data) > 0 and is_atom(elem(data, 0))

  @doc """
  Reads the fields of a record, with their defaults, from an Erlang header: `from:` a file, or `from_lib:` a header of
  OTP such as `"kernel/include/file.hrl"`.
  """
  @spec extract(
          name :: atom(),
          keyword()
        ) :: keyword()
  defdelegate extract(name, opts), to: Record.Extractor

  @doc "Like `extract/2`, all records of the header."
  @spec extract_all(keyword()) :: [{name :: atom(), keyword()}]
  defdelegate extract_all(opts), to: Record.Extractor

  @doc "Defines macros to make, read, update and match a record."
  defmacro defrecord(name, tag \\ nil, kv) do
    quote bind_quoted: [name: name, tag: tag, kv: kv] do
      tag = tag || name
      fields = Record.__record__(__MODULE__, :defrecord, name, tag, kv)
      @doc record: {tag, fields}

      defmacro unquote(name)(args \\ []),
        do: Record.__access__(unquote(tag), unquote(fields), args, __CALLER__)

      defmacro unquote(name)(record, args),
        do: Record.__access__(unquote(tag), unquote(fields), record, args, __CALLER__)
    end
  end

  @doc "Like `defrecord/3`, for this module only."
  defmacro defrecordp(name, tag \\ nil, kv) do
    quote bind_quoted: [name: name, tag: tag, kv: kv] do
      tag = tag || name
      fields = Record.__record__(__MODULE__, :defrecordp, name, tag, kv)

      defmacrop unquote(name)(args \\ []),
        do: Record.__access__(unquote(tag), unquote(fields), args, __CALLER__)

      defmacrop unquote(name)(record, args),
        do: Record.__access__(unquote(tag), unquote(fields), record, args, __CALLER__)
    end
  end

  ## Definition

  @doc false
  def __record__(module, kind, name, tag, kv) do
    if arity = Enum.find(0..2, &Module.defines?(module, {name, &1})) do
      raise ArgumentError,
            "cannot define record #{inspect(name)} because a definition #{name}/#{arity} already exists"
    end

    fields = Enum.map(kv, &field(&1, kind))
    names = Enum.map(fields, &elem(&1, 0))

    for key <- Enum.uniq(names -- Enum.uniq(names)) do
      IO.warn("duplicate key #{inspect(key)} found in record")
    end

    Module.register_attribute(module, :__records__, accumulate: true)
    Module.put_attribute(module, :__records__, %{kind: kind, name: name, tag: tag, fields: names})
    fields
  end

  defp field({key, value}, _kind) when is_atom(key) do
    {key, Macro.escape(value)}
  rescue
    error in ArgumentError ->
      raise ArgumentError, "invalid value for record field #{key}, " <> Exception.message(error)
  end

  defp field(key, _kind) when is_atom(key), do: {key, nil}

  defp field(other, kind),
    do: raise(ArgumentError, "#{kind} fields must be atoms, got: #{inspect(other)}")

  ## Use

  # `user()`, `user(name: "x")`, `user(:name)` and `user(record)`.
  @doc false
  def __access__(tag, fields, args, caller) do
    cond do
      is_atom(args) -> index!(tag, fields, args) - 1
      Keyword.keyword?(args) -> create(tag, fields, args, caller)
      true -> to_keyword(tag, fields, Macro.expand(args, caller))
    end
  end

  # `user(record, :name)` and `user(record, name: "x")`.
  @doc false
  def __access__(tag, fields, record, args, caller) do
    cond do
      is_atom(args) ->
        quote(do: :erlang.element(unquote(index!(tag, fields, args)), unquote(record)))

      Keyword.keyword?(args) ->
        update(tag, fields, record, args, caller)

      true ->
        raise ArgumentError,
              "expected arguments to be a compile time atom or a keyword list, got: " <>
                Macro.to_string(args)
    end
  end

  # Positions of a tuple, where the tag has the first.
  defp index!(tag, fields, key) do
    case Enum.find_index(fields, fn {name, _} -> name == key end) do
      nil -> raise ArgumentError, "record #{inspect(tag)} does not have the key: #{inspect(key)}"
      index -> index + 2
    end
  end

  defp create(tag, fields, given, caller) do
    {rest, given} = Keyword.pop(given, :_, if(caller.context == :match, do: {:_, [], nil}, else: :default))
    {given, before} = evaluated_in_order(given, caller)

    for {key, _} <- given, do: index!(tag, fields, key)

    elements =
      for {name, default} <- fields do
        case Keyword.fetch(given, name) do
          {:ok, value} -> value
          :error when rest == :default -> Macro.escape(default)
          :error -> rest
        end
      end

    after_all(before, quote(do: {unquote(tag), unquote_splicing(elements)}))
  end

  defp update(_tag, _fields, _record, _given, %{context: :match}) do
    raise ArgumentError, "cannot invoke update style macro inside match"
  end

  defp update(tag, fields, record, given, caller) do
    if Keyword.has_key?(given, :_) do
      IO.warn("updating a record with a default (:_) is equivalent to creating a new record", caller)
      create(tag, fields, given, caller)
    else
      {given, before} = evaluated_in_order(given, caller)

      updated =
        Enum.reduce(given, record, fn {key, value}, acc ->
          quote(do: :erlang.setelement(unquote(index!(tag, fields, key)), unquote(acc), unquote(value)))
        end)

      after_all(before, updated)
    end
  end

  # What is written first runs first, wherever its field is.
  defp evaluated_in_order(given, %{context: nil, module: module}) do
    Enum.map_reduce(given, [], fn {key, value}, before ->
      if match?({name, _, context} when is_atom(name) and is_atom(context), value) or
           Macro.quoted_literal?(value) do
        {{key, value}, before}
      else
        var = Macro.unique_var(key, module)
        {{key, var}, before ++ [quote(do: unquote(var) = unquote(value))]}
      end
    end)
  end

  defp evaluated_in_order(given, _caller), do: {given, []}

  defp after_all([], result), do: result
  defp after_all(before, result), do: {:__block__, [], before ++ [result]}

  defp to_keyword(tag, fields, {:{}, _, [tag | values]}) when length(values) == length(fields),
    do: Enum.zip(Keyword.keys(fields), values)

  defp to_keyword(tag, [{name, _}], {tag, value}), do: [{name, value}]

  defp to_keyword(tag, fields, record),
    do: quote(do: Record.__keyword__(unquote(tag), unquote(Macro.escape(fields)), unquote(record)))

  @doc false
  def __keyword__(tag, fields, record) do
    cond do
      not is_record(record, tag) ->
        raise ArgumentError,
              "expected argument to be a literal atom, literal keyword or " <>
                "a #{inspect(tag)} record, got runtime: " <> inspect(record)

      tuple_size(record) != length(fields) + 1 ->
        raise ArgumentError,
              "expected argument to be a #{inspect(tag)} record with " <>
                "#{length(fields)} fields, got: " <> inspect(record)

      true ->
        [_tag | values] = Tuple.to_list(record)
        Enum.zip(Keyword.keys(fields), values)
    end
  end
end
