# What a supervisor does when a child ends, as data: pure functions from what it knows to a list of actions. `:supervisor`
# carries them out; nothing in here starts, stops or sends anything.
defmodule Supervisor.Decision do
  @moduledoc false

  @typedoc "What counts of a child."
  @type child :: %{
          id: term,
          pid: term,
          restart: :permanent | :transient | :temporary,
          significant: boolean
        }

  @typedoc """
  - `:report`: the end of the child is an error to be told
  - `{:restart, stop, start}`: unless there have been too many restarts, stop these children, in this order, then start those
  - `:forget`: the child is over; a temporary one leaves the list
  - `:shutdown`: the supervisor ends
  """
  @type action :: :report | {:restart, [id :: term], [id :: term]} | :forget | :shutdown

  @doc """
  The actions after the end of a child. `children` are all of the supervisor, the one that was started first in front.
  """
  @spec ended(strategy :: atom, auto_shutdown :: atom, [child], child, reason :: term) :: [action]
  def ended(strategy, auto_shutdown, children, child, reason) do
    if restart?(child.restart, reason) do
      {stop, start} = plan(strategy, children, child.id)
      [:report, {:restart, stop, start}]
    else
      report = if expected?(reason), do: [], else: [:report]
      shutdown = if shutdown?(auto_shutdown, children, child), do: [:shutdown], else: []
      report ++ [:forget] ++ shutdown
    end
  end

  @doc "Whether a child of this kind is started again after an end for this reason."
  @spec restart?(atom, term) :: boolean
  def restart?(:permanent, _reason), do: true
  def restart?(:transient, reason), do: not expected?(reason)
  def restart?(:temporary, _reason), do: false

  defp expected?({:shutdown, _}), do: true
  defp expected?(reason), do: reason == :normal or reason == :shutdown

  @doc "Which children are stopped, the last started first, and which are then started, when one has ended."
  @spec plan(atom, [child], term) :: {stop :: [term], start :: [term]}
  def plan(strategy, _children, id) when strategy in [:one_for_one, :simple_one_for_one], do: {[], [id]}
  def plan(:one_for_all, children, id), do: all(children, id)
  def plan(:rest_for_one, children, id), do: children |> Enum.drop_while(&(&1.id != id)) |> all(id)

  # Temporary children are stopped for good, unless it is the one that is to be started.
  defp all(children, id) do
    start = for child <- children, child.id == id or child.restart != :temporary, do: child.id
    stop = for child <- children, child.id != id, do: child.id
    {:lists.reverse(stop), start}
  end

  # The end of a significant child may be the end of the supervisor.
  defp shutdown?(:any_significant, _children, child), do: child.significant

  defp shutdown?(:all_significant, children, child) do
    child.significant and
      not Enum.any?(children, &(&1.id != child.id and &1.significant and is_pid(&1.pid)))
  end

  defp shutdown?(_never, _children, _child), do: false

  @doc """
  Counts a restart at `now`, in seconds, against what is allowed: `intensity` restarts within `period` seconds.
  `restarts` are those before, as so many in each second, newest first: however often a child ends, that is one entry
  a second.
  """
  @spec count(restarts, now :: integer, intensity :: non_neg_integer, period :: pos_integer) :: {:ok | :too_many, restarts}
        when restarts: [{second :: integer, times :: pos_integer}]
  def count(restarts, now, intensity, period) do
    restarts = for {second, _} = entry <- restarts_at(now, restarts), now <= second + period, do: entry
    times = Enum.reduce(restarts, 0, fn {_, times}, sum -> sum + times end)
    {if(times <= intensity, do: :ok, else: :too_many), restarts}
  end

  defp restarts_at(now, [{now, times} | before]), do: [{now, times + 1} | before]
  defp restarts_at(now, before), do: [{now, 1} | before]
end
