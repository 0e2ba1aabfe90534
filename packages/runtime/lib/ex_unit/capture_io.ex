defmodule ExUnit.CaptureIO do
  @moduledoc """
  What functions print.

      import ExUnit.CaptureIO
      assert capture_io(fn -> IO.puts("a") end) == "a\\n"

  By default the group leader of the caller is captured, `:stderr` and other named devices by their name. Options:
  `:input`, `:capture_prompt` and `:encoding`; a string means the input.
  """

  @doc "What the function prints."
  def capture_io(fun) when is_function(fun, 0), do: fun |> with_io() |> elem(1)

  @doc "What the function prints on a device, or with input or options."
  def capture_io(device_pid_input_or_options, fun) when is_function(fun, 0) do
    device_pid_input_or_options |> with_io(fun) |> elem(1)
  end

  @doc "What the function prints on a device, with input or options."
  def capture_io(device_or_pid, input_or_options, fun) when is_function(fun, 0) do
    device_or_pid |> with_io(input_or_options, fun) |> elem(1)
  end

  @doc "The result of the function and what it prints."
  @doc since: "1.13.0"
  def with_io(fun) when is_function(fun, 0), do: with_io(:stdio, [], fun)

  @doc "The result of the function and what it prints on a device, or with input or options."
  @doc since: "1.13.0"
  def with_io(device_pid_input_or_options, fun)

  def with_io(device, fun) when (is_atom(device) or is_pid(device)) and is_function(fun, 0) do
    with_io(device, [], fun)
  end

  def with_io(options, fun) when (is_binary(options) or is_list(options)) and is_function(fun, 0) do
    with_io(:stdio, options, fun)
  end

  @doc "The result of the function and what it prints on a device, with input or options."
  @doc since: "1.13.0"
  def with_io(device_or_pid, input_or_options, fun)

  def with_io(device, input, fun) when is_binary(input), do: with_io(device, [input: input], fun)

  def with_io(device, options, fun)
      when (is_atom(device) or is_pid(device)) and is_list(options) and is_function(fun, 0) do
    case device do
      device when device in [:stdio, :standard_io] -> with_leader(self(), options, fun)
      :stderr -> with_device(:standard_error, options, fun)
      device when is_atom(device) -> with_device(device, options, fun)
      pid -> with_leader(pid, options, fun)
    end
  end

  defp with_leader(pid, options, fun) do
    {:group_leader, original} =
      Process.info(pid, :group_leader) || {:group_leader, Process.group_leader()}

    {:ok, device} =
      StringIO.open(Keyword.get(options, :input, ""),
        capture_prompt: Keyword.get(options, :capture_prompt, true),
        encoding: Keyword.get(options, :encoding, :unicode)
      )

    try do
      Process.group_leader(pid, device)
      fun.()
    catch
      kind, reason ->
        _ = StringIO.close(device)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      result ->
        {:ok, {_input, output}} = StringIO.close(device)
        {result, output}
    after
      Process.group_leader(pid, original)
    end
  end

  defp with_device(device, options, fun) do
    input = Keyword.get(options, :input, "")
    encoding = Keyword.get(options, :encoding, :unicode)

    case ExUnit.CaptureServer.device_capture_on(device, encoding, input) do
      {:ok, ref} ->
        try do
          result = fun.()
          {result, ExUnit.CaptureServer.device_output(device, ref)}
        after
          ExUnit.CaptureServer.device_capture_off(ref)
        end

      {:error, :no_device} ->
        raise "could not find IO device registered at #{inspect(device)}"

      {:error, {:changed_encoding, current}} ->
        raise ArgumentError, """
        attempted to change the encoding for a currently captured device #{inspect(device)}.

        Currently set as: #{inspect(current)}
        Given: #{inspect(encoding)}

        If you need to use multiple encodings on a captured device, you cannot \
        run your test asynchronously
        """

      {:error, :input_on_already_captured_device} ->
        raise ArgumentError,
              "attempted multiple captures on device #{inspect(device)} with input. " <>
                "If you need to give an input to a captured device, you cannot run your test asynchronously"
    end
  end
end
