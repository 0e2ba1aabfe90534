defmodule Beamlet.Collector do
  @moduledoc """
  A group leader that keeps what is written to it, and has nothing to read.

  It speaks Erlang's I/O protocol. `StringIO` does too, but is a `GenServer`: an evaluation should not have to
  load OTP.
  """

  @doc "Starts a collector. It ends when `contents/1` is not going to be called any more: with `stop/1`."
  def start, do: spawn(fn -> loop([]) end)

  @doc "What has been written so far, as one binary."
  def contents(collector) do
    ref = make_ref()
    send(collector, {:contents, self(), ref})

    receive do
      {^ref, contents} -> contents
    end
  end

  @doc "Ends the collector."
  def stop(collector), do: Process.exit(collector, :kill)

  # The written pieces, last first.
  defp loop(written) do
    receive do
      {:io_request, from, reply_as, request} ->
        {reply, written} = handle(request, written)
        send(from, {:io_reply, reply_as, reply})
        loop(written)

      {:contents, from, ref} ->
        contents = IO.iodata_to_binary(Enum.reverse(written))
        send(from, {ref, contents})
        loop([contents])

      _ ->
        loop(written)
    end
  end

  defp handle({:put_chars, encoding, chars}, written) do
    case :unicode.characters_to_binary(chars, encoding, :utf8) do
      binary when is_binary(binary) -> {:ok, [binary | written]}
      _ -> {{:error, :put_chars}, written}
    end
  catch
    :error, _ -> {{:error, {:put_chars, encoding, chars}}, written}
  end

  defp handle({:put_chars, encoding, module, function, args}, written) do
    handle({:put_chars, encoding, apply(module, function, args)}, written)
  end

  defp handle({:put_chars, chars}, written), do: handle({:put_chars, :latin1, chars}, written)

  defp handle({:put_chars, module, function, args}, written) do
    handle({:put_chars, :latin1, module, function, args}, written)
  end

  defp handle({:requests, requests}, written) do
    Enum.reduce_while(requests, {:ok, written}, fn request, {_, written} ->
      case handle(request, written) do
        {{:error, _}, _} = error -> {:halt, error}
        result -> {:cont, result}
      end
    end)
  end

  defp handle({:setopts, _}, written), do: {:ok, written}
  defp handle(:getopts, written), do: {[binary: true, encoding: :unicode], written}
  defp handle({:get_geometry, _}, written), do: {{:error, :enotsup}, written}

  defp handle(request, written) when elem(request, 0) in [:get_chars, :get_line, :get_until, :get_password] do
    {:eof, written}
  end

  defp handle(_, written), do: {{:error, :request}, written}
end
