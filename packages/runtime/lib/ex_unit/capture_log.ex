defmodule ExUnit.CaptureLog do
  @moduledoc """
  What functions log.

      import ExUnit.CaptureLog
      assert capture_log(fn -> Logger.error("gone") end) =~ "gone"

  Options are `:level`, below which nothing is captured, and those of `Logger.Formatter`. With `@tag :capture_log` the log
  of a test is shown only if it fails.
  """

  @doc "What is logged while the function runs."
  def capture_log(opts \\ [], fun), do: opts |> with_log(fun) |> elem(1)

  @doc "The result of the function and what is logged while it runs."
  @doc since: "1.13.0"
  def with_log(opts \\ [], fun) when is_list(opts) do
    opts =
      if opts[:level] == :warn do
        IO.warn("level: :warn is deprecated, please use :warning instead")
        Keyword.put(opts, :level, :warning)
      else
        opts
      end

    {:ok, device} = StringIO.open("")

    try do
      ref = ExUnit.CaptureServer.log_capture_on(self(), device, opts)

      try do
        fun.()
      after
        :ok = Logger.flush()
        :ok = ExUnit.CaptureServer.log_capture_off(ref)
      end
    catch
      kind, reason ->
        _ = StringIO.close(device)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      result ->
        {:ok, {_input, output}} = StringIO.close(device)
        {result, output}
    end
  end
end
