defmodule Supervisor.Spec do
  @moduledoc "Child specifications as tuples, as they were before they were maps; deprecated."

  @type child_id :: term
  @type modules :: :dynamic | [module]
  @type restart :: :permanent | :transient | :temporary
  @type shutdown :: timeout | :brutal_kill
  @type worker :: :worker | :supervisor
  @type strategy :: :simple_one_for_one | :one_for_one | :one_for_all | :rest_for_one
  @type spec ::
          {child_id, start_fun :: {module, atom, [term]}, restart, shutdown, worker, modules}

  @doc "Imports the functions."
  defmacro __using__(_options), do: quote(do: import(Supervisor.Spec))

  @doc "The children and options as what `init/1` of a supervisor returns."
  @deprecated "Use the new child specifications outlined in the Supervisor module instead"
  def supervise(children, options) do
    strategy =
      options[:strategy] ||
        raise ArgumentError, "expected :strategy option to be given"

    ids = for {id, _start, _restart, _shutdown, _type, _modules} <- children, do: id

    if duplicate = List.first(ids -- Enum.uniq(ids)) do
      raise ArgumentError,
            "duplicate ID #{inspect(duplicate)} found in the supervisor specification, " <>
              "please explicitly pass the :id option when defining this worker/supervisor"
    end

    {:ok, {{strategy, Keyword.get(options, :max_restarts, 3), Keyword.get(options, :max_seconds, 5)}, children}}
  end

  @doc "The specification of a worker."
  @deprecated "Use the new child specifications outlined in the Supervisor module instead"
  def worker(module, args, options \\ []), do: child(:worker, module, args, options, 5000)

  @doc "The specification of a supervisor."
  @deprecated "Use the new child specifications outlined in the Supervisor module instead"
  def supervisor(module, args, options \\ []), do: child(:supervisor, module, args, options, :infinity)

  defp child(type, module, args, options, shutdown) do
    {Keyword.get(options, :id, module), {module, Keyword.get(options, :function, :start_link), args},
     Keyword.get(options, :restart, :permanent), Keyword.get(options, :shutdown, shutdown), type,
     Keyword.get(options, :modules, [module])}
  end
end
