# Exceptions of the standard library's own functions.
defmodule Protocol.UndefinedError do
  @moduledoc "A protocol is not implemented for a value."
  defexception [:protocol, :value, description: ""]

  @impl true
  def message(%{protocol: protocol, value: value, description: description}) do
    inspected =
      value
      |> inspect(pretty: true)
      |> String.split("\n")
      |> Enum.map_join("\n", fn
        "" -> ""
        line -> "    " <> line
      end)

    "protocol #{inspect(protocol)} not implemented for type " <>
      type(value) <>
      if(description == "", do: "", else: ", " <> description) <>
      implementations(protocol) <> "\n\nGot value:\n\n" <> inspected <> "\n"
  end

  defp type(%{__struct__: struct}), do: "#{inspect(struct)} (a struct)"
  defp type(value) when is_atom(value), do: "Atom"
  defp type(value) when is_bitstring(value), do: "BitString"
  defp type(value) when is_float(value), do: "Float"
  defp type(value) when is_function(value), do: "Function"
  defp type(value) when is_integer(value), do: "Integer"
  defp type(value) when is_list(value), do: "List"
  defp type(value) when is_map(value), do: "Map"
  defp type(value) when is_pid(value), do: "PID"
  defp type(value) when is_port(value), do: "Port"
  defp type(value) when is_reference(value), do: "Reference"
  defp type(value) when is_tuple(value), do: "Tuple"

  defp implementations(protocol) do
    case protocol.__protocol__(:impls) do
      {:consolidated, []} ->
        ". There are no implementations for this protocol."

      {:consolidated, types} ->
        ". This protocol is implemented for the following type(s): " <>
          Enum.map_join(types, ", ", &inspect/1)

      :not_consolidated ->
        ""
    end
  end
end

defmodule Inspect.Error do
  @moduledoc "The implementation of `Inspect` for a struct failed."
  @enforce_keys [:exception_module, :exception_message, :stacktrace, :inspected_struct]
  defexception @enforce_keys

  @impl true
  def exception(arguments) when is_list(arguments) do
    exception = Keyword.fetch!(arguments, :exception)

    %Inspect.Error{
      exception_module: exception.__struct__,
      exception_message: exception |> Exception.message() |> String.trim_trailing("\n"),
      stacktrace: Keyword.fetch!(arguments, :stacktrace),
      inspected_struct: Keyword.fetch!(arguments, :inspected_struct)
    }
  end

  @impl true
  def message(error) do
    quotes = ~s(    """\n)

    "got #{inspect(error.exception_module)} with message:\n\n" <>
      quotes <>
      pad(error.exception_message, 4) <>
      "\n" <> quotes <> "\nwhile inspecting:\n\n" <> pad(error.inspected_struct, 4) <> "\n"
  end

  @doc false
  def pad(message, count) when is_binary(message) and is_integer(count) and count >= 0 do
    padding = String.duplicate(" ", count)

    message
    |> String.split("\n")
    |> Enum.map_join("\n", fn
      "" -> ""
      line -> padding <> line
    end)
    |> String.trim_trailing("\n")
  end
end

defmodule UnicodeConversionError do
  @moduledoc "Characters could not be converted from or to UTF-8."
  defexception [:encoded, :message]

  @impl true
  def exception(opts) do
    %UnicodeConversionError{
      encoded: Keyword.fetch!(opts, :encoded),
      message: "#{Keyword.fetch!(opts, :kind)} #{detail(Keyword.fetch!(opts, :rest))}"
    }
  end

  defp detail(rest) when is_binary(rest), do: "encoding starting at #{inspect(rest)}"
  defp detail([code | _]) when is_integer(code), do: "code point #{code}"
  defp detail([rest | _]), do: detail(rest)
end

defmodule MissingApplicationsError do
  @moduledoc "Code needs applications that are not there."
  defexception apps: [], description: "missing applications found"

  @impl true
  def message(%{apps: apps, description: description}) do
    list = Enum.map_join(apps, "\n", fn {app, version} -> "  {#{inspect(app)}, \"#{version}\"}" end)

    "#{description}\n\nTo address this, include these applications as your dependencies:\n\n#{list}"
  end
end

defmodule Enum.OutOfBoundsError do
  @moduledoc "An index is beyond the end of an enumerable."
  defexception message: "out of bounds error"
end

defmodule Enum.EmptyError do
  @moduledoc "An enumerable has no element where one is needed."
  defexception message: "empty error"
end

defmodule File.Error do
  @moduledoc "An operation on a file failed."
  defexception [:reason, :path, action: ""]

  @impl true
  def message(%{action: "remove directory", reason: :eexist, path: path}),
    do: "could not remove directory #{inspect(path)}: directory is not empty"

  def message(%{action: action, reason: reason, path: path}),
    do: "could not #{action} #{inspect(path)}: #{:file.format_error(reason)}"
end

defmodule File.CopyError do
  @moduledoc "Files could not be copied."
  defexception [:reason, :source, :destination, on: "", action: ""]

  @impl true
  def message(error) do
    place = if error.on == "", do: "", else: ". #{error.on}"

    "could not #{error.action} from #{inspect(error.source)} to " <>
      "#{inspect(error.destination)}#{place}: #{:file.format_error(error.reason)}"
  end
end

defmodule File.RenameError do
  @moduledoc "A file could not be renamed."
  defexception [:reason, :source, :destination, on: "", action: ""]

  @impl true
  def message(error) do
    place = if error.on == "", do: "", else: ". #{error.on}"

    "could not #{error.action} from #{inspect(error.source)} to " <>
      "#{inspect(error.destination)}#{place}: #{:file.format_error(error.reason)}"
  end
end

defmodule File.LinkError do
  @moduledoc "A link could not be made."
  defexception [:reason, :existing, :new, action: ""]

  @impl true
  def message(error) do
    "could not #{error.action} from #{inspect(error.existing)} to " <>
      "#{inspect(error.new)}: #{:file.format_error(error.reason)}"
  end
end

defmodule IO.StreamError do
  @moduledoc "Reading from or writing to a stream of a device failed."
  defexception [:reason]

  @impl true
  def message(%{reason: reason}), do: "error during streaming: #{inspect(reason)}"
end
