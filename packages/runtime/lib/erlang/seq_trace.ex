defmodule :seq_trace do
  @moduledoc "Erlang's `:seq_trace`, as where nothing is traced: there is no token, and none can be set."

  def get_token, do: []
  def get_token(_what), do: []

  def set_token([]), do: []
  def set_token(token), do: :erlang.error(:notsup, [token])
  def set_token(what, value), do: :erlang.seq_trace(what, value)

  def print(_term), do: :ok
  def print(_label, _term), do: :ok
  def reset_trace, do: true
  def get_system_tracer, do: false
  def set_system_tracer(_tracer), do: false
end
