# Erlang's `io`: requests to devices, which are processes. A request is the message
# `{:io_request, from, reply_as, request}`; the device answers `{:io_reply, reply_as, reply}`. Whoever dies instead
# is noticed through a monitor, whose reference marks the reply.
defmodule :io do
  @moduledoc false

  ## Output

  @not_chardata "2nd argument: not valid character data (an iodata term)"

  def put_chars(chars), do: put_chars(:standard_io, chars)

  def put_chars(device, chars), do: put_chars(device, :unicode, chars)

  def put_chars(device, encoding, chars) do
    case request(device, {:put_chars, encoding, chars}) do
      :ok -> :ok
      {:error, reason} when reason in [:terminated, :calling_self] -> :erlang.error(reason, [device, chars], error_info: %{cause: {:io, reason}})
      {:error, reason} -> failed(reason, device, @not_chardata)
    end
  end

  def nl, do: put_chars(:standard_io, "\n")
  def nl(device), do: put_chars(device, "\n")

  def write(term), do: write(:standard_io, term)
  def write(device, term), do: put_chars(device, :io_lib.write(term))

  def format(format), do: format(:standard_io, format, [])
  def format(format, args), do: format(:standard_io, format, args)

  def format(device, format, args) do
    text =
      try do
        {:ok, :io_lib.format(format, args)}
      rescue
        _ -> :error
      end

    case text do
      {:ok, text} -> put_chars(device, text)
      :error -> argument_error(format_problem(format, args))
    end
  end

  def fwrite(format), do: format(:standard_io, format, [])
  def fwrite(format, args), do: format(:standard_io, format, args)
  def fwrite(device, format, args), do: format(device, format, args)

  defp format_problem(format, args) do
    cond do
      not is_list(args) -> "2nd argument: not a list"
      not (is_list(format) or is_binary(format) or is_atom(format)) -> "1st argument: not a valid format string"
      true -> misfit(directives(format), args)
    end
  end

  defp misfit(directives, args) do
    unknown = Enum.find(directives, fn {_, control} -> control not in String.graphemes("~ncsweWpPfgbBxX+#i") end)
    counts = Enum.map(directives, &wanted/1)

    cond do
      match?({_, ""}, unknown) -> "1st argument: format string invalid (truncated)"
      unknown -> "1st argument: format string invalid (invalid control ~#{elem(unknown, 1)})"
      Enum.sum(counts) != length(args) -> "1st argument: wrong number of arguments"
      Enum.any?(counts, &(&1 > 1)) -> "1st argument: format string invalid (bad argument type)"
      true -> wrong_type(for({_, control} = directive <- directives, wanted(directive) == 1, do: control), args)
    end
  end

  defp wrong_type(controls, args) do
    found =
      Enum.zip(controls, args)
      |> Enum.with_index(1)
      |> Enum.find(fn {{control, arg}, _} -> not fits?(control, arg) end)

    case found do
      {{control, _}, index} -> "2nd argument: element #{index} must be of type #{type(control)}"
      nil -> "1st argument: format string invalid (bad argument type)"
    end
  end

  defp type("s"), do: "string"
  defp type(control) when control in ["e", "f", "g"], do: "float"
  defp type(control) when control in ["b", "B", "c", "+", "#"], do: "integer"
  defp type(_), do: "any"

  defp fits?(control, arg) do
    case type(control) do
      "string" -> is_binary(arg) or is_list(arg) or is_atom(arg)
      "float" -> is_float(arg)
      "integer" -> is_integer(arg)
      "any" -> true
    end
  end

  # A star takes an argument as well.
  defp wanted({text, control}) do
    stars = length(String.split(text, "*")) - 1

    cond do
      control in ["~", "n"] -> stars
      control in ["W", "P", "x", "X"] -> stars + 2
      true -> stars + 1
    end
  end

  defp directives(format) do
    ~r/~(?:-?\d+|\*)?(?:\.(?:-?\d+|\*)?(?:\..)?)?[tlk]*(\D|$)/us
    |> Regex.scan(IO.chardata_to_string(if(is_atom(format), do: Atom.to_string(format), else: format)))
    |> Enum.map(fn [text, control] -> {text, control} end)
  end

  ## Input

  def get_line(prompt), do: get_line(:standard_io, prompt)
  def get_line(device, prompt), do: input(device, {:get_line, :unicode, prompt})

  def get_chars(prompt, count), do: get_chars(:standard_io, prompt, count)
  def get_chars(device, prompt, count), do: input(device, {:get_chars, :unicode, prompt, count})

  def get_password, do: get_password(:standard_io)
  def get_password(device), do: input(device, {:get_password, :unicode})

  defp input(device, request) do
    case request(device, request) do
      {:error, :calling_self} -> :erlang.error(:calling_self, [device, request], error_info: %{cause: {:io, :calling_self}})
      {:error, :arguments} -> failed(:arguments, device, nil)
      reply -> reply
    end
  end

  def scan_erl_form(prompt), do: scan_erl_form(:standard_io, prompt)
  def scan_erl_form(device, prompt), do: scan_erl_form(device, prompt, 1)
  def scan_erl_form(device, prompt, line), do: scan_erl_form(device, prompt, line, [])
  def scan_erl_form(device, prompt, line, options), do: until(device, prompt, :erl_scan, :tokens, [line, options])

  def scan_erl_exprs(prompt), do: scan_erl_form(prompt)
  def scan_erl_exprs(device, prompt), do: scan_erl_form(device, prompt)
  def scan_erl_exprs(device, prompt, line), do: scan_erl_form(device, prompt, line)
  def scan_erl_exprs(device, prompt, line, options), do: scan_erl_form(device, prompt, line, options)

  def parse_erl_exprs(prompt), do: parse_erl_exprs(:standard_io, prompt)
  def parse_erl_exprs(device, prompt), do: parse_erl_exprs(device, prompt, 1)
  def parse_erl_exprs(device, prompt, line), do: parse_erl_exprs(device, prompt, line, [])
  def parse_erl_exprs(device, prompt, line, options), do: parsed(device, prompt, line, options, &:erl_parse.parse_exprs/1)

  def parse_erl_form(prompt), do: parse_erl_form(:standard_io, prompt)
  def parse_erl_form(device, prompt), do: parse_erl_form(device, prompt, 1)
  def parse_erl_form(device, prompt, line), do: parse_erl_form(device, prompt, line, [])
  def parse_erl_form(device, prompt, line, options), do: parsed(device, prompt, line, options, &:erl_parse.parse_form/1)

  defp parsed(device, prompt, line, options, parse) do
    with {:ok, tokens, last} <- scan_erl_form(device, prompt, line, options) do
      case parse.(tokens) do
        {:ok, result} -> {:ok, result, last}
        {:error, problem} -> {:error, problem, last}
      end
    end
  end

  def read(prompt), do: read(:standard_io, prompt)

  def read(device, prompt) do
    case read(device, prompt, 1) do
      {:ok, term, _last} -> {:ok, term}
      {:error, problem, _last} -> {:error, problem}
      other -> other
    end
  end

  def read(device, prompt, line), do: read(device, prompt, line, [])

  def read(device, prompt, line, options) do
    with {:eof, _last} <- parsed(device, prompt, line, options, &:erl_parse.parse_term/1), do: :eof
  end

  def fread(prompt, format), do: fread(:standard_io, prompt, format)
  def fread(device, prompt, format), do: until(device, prompt, :io_lib, :fread, [format])

  # A scanner takes lines until it is done. The devices of hosts give lines only, and take back what is left.
  defp until(device, prompt, module, function, args) do
    case request(device, {:get_until, :unicode, prompt, module, function, args}) do
      {:error, :request} -> scan(device, prompt, module, function, args, [])
      {:error, :calling_self} -> :erlang.error(:calling_self, [device, prompt], error_info: %{cause: {:io, :calling_self}})
      {:error, :arguments} -> failed(:arguments, device, nil)
      reply -> reply
    end
  end

  defp scan(device, prompt, module, function, args, continuation) do
    line = with line when is_binary(line) <- get_line(device, prompt), do: String.to_charlist(line)

    case apply(module, function, [continuation, line | args]) do
      {:more, next} ->
        scan(device, prompt, module, function, args, next)

      {:done, result, rest} ->
        if is_list(rest) and rest != [], do: request(device, {:unread, List.to_string(rest)})
        result
    end
  end

  ## Devices

  def getopts, do: getopts(:standard_io)
  def getopts(device), do: request(device, :getopts)

  def setopts(options), do: setopts(:standard_io, options)
  def setopts(device, options), do: request(device, {:setopts, options})

  def columns, do: columns(:standard_io)
  def columns(device), do: geometry(device, :columns)

  def rows, do: rows(:standard_io)
  def rows(device), do: geometry(device, :rows)

  defp geometry(device, dimension) do
    case request(device, {:get_geometry, dimension}) do
      size when is_integer(size) and size > 0 -> {:ok, size}
      _ -> {:error, :enotsup}
    end
  end

  def printable_range, do: :unicode

  ## Requests

  def request(request), do: request(:standard_io, request)
  def request(:standard_io, request), do: request(:erlang.group_leader(), request)

  def request(device, _request) when device == self(), do: {:error, :calling_self}

  def request(device, request) when is_pid(device) do
    execute(device, ready(request))
  end

  def request(name, request) when is_atom(name) do
    case :erlang.whereis(name) do
      pid when is_pid(pid) -> request(pid, request)
      _ -> {:error, :arguments}
    end
  end

  def request(device, request), do: request(device, request, [])

  # What is no device fails under the name that this has there.
  defp request(device, request, _options) when is_pid(device), do: request(device, request)

  def requests(requests), do: requests(:standard_io, requests)
  def requests(device, requests), do: request(device, {:requests, requests})

  # Text is made on this side, so that a device never sees data that is none.
  defp ready({:put_chars, :unicode, chars} = request) do
    case :unicode.characters_to_binary(chars) do
      binary when is_binary(binary) -> {:put_chars, :unicode, binary}
      _ -> request
    end
  rescue
    _ -> request
  end

  defp ready({:requests, requests}) when is_list(requests), do: {:requests, for(request <- requests, do: ready(request))}
  defp ready(:nl), do: {:put_chars, :unicode, "\n"}
  defp ready({:put_chars, chars}), do: ready({:put_chars, :unicode, chars})
  defp ready({:write, term}), do: ready({:put_chars, :unicode, :io_lib.write(term)})
  defp ready({:format, format, args}), do: ready({:put_chars, :unicode, :io_lib.format(format, args)})
  defp ready({:get_line, prompt}), do: {:get_line, :unicode, prompt}
  defp ready({:get_chars, prompt, count}), do: {:get_chars, :unicode, prompt, count}
  defp ready(request), do: request

  defp execute(pid, request) do
    ref = :erlang.monitor(:process, pid)
    :erlang.send(pid, {:io_request, self(), ref, request})

    receive do
      {:io_reply, ^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        reply

      {:DOWN, ^ref, _, _, _} ->
        receive do
          {:EXIT, ^pid, _reason} -> true
        after
          0 -> true
        end

        {:error, :terminated}
    end
  end

  @doc "What is wrong with which argument: of a device that takes no request it is the first."
  def format_error(:terminated, _stacktrace), do: %{1 => "the device has terminated"}
  def format_error(:calling_self, _stacktrace), do: %{1 => "the device is not allowed to be the current process"}
  def format_error(_reason, _stacktrace), do: %{}

  defp failed({:no_translation, _from, _to}, _device, _problem), do: :erlang.error(:no_translation)

  defp failed(:arguments, device, _problem) when is_atom(device) do
    argument_error("1st argument: the device does not exist")
  end

  defp failed(:arguments, _device, _problem), do: argument_error("1st argument: not a valid device")
  defp failed(_reason, _device, nil), do: :erlang.error(:badarg)
  defp failed(_reason, _device, problem), do: argument_error(problem)

  defp argument_error(problem) do
    raise ArgumentError, "errors were found at the given arguments:\n\n  * #{problem}\n"
  end
end
