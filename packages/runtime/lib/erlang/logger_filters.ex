# The ready-made filters of the logger.
defmodule :logger_filters do
  @moduledoc false

  def domain(%{meta: meta} = event, {action, comparison, domain}) do
    matches? =
      case {comparison, :maps.find(:domain, meta)} do
        {:undefined, :error} -> true
        {:not_equal, :error} -> true
        {_, :error} -> false
        {:super, {:ok, own}} -> :lists.prefix(own, domain)
        {:sub, {:ok, own}} -> :lists.prefix(domain, own)
        {:equal, {:ok, own}} -> own == domain
        {:not_equal, {:ok, own}} -> own != domain
        {:undefined, {:ok, _}} -> false
      end

    if matches?, do: verdict(event, action), else: :ignore
  end

  def level(%{level: level} = event, {action, operator, limit}) do
    order = :logger.compare_levels(level, limit)

    matches? =
      case operator do
        :eq -> order == :eq
        :neq -> order != :eq
        :lt -> order == :lt
        :gt -> order == :gt
        :lteq -> order in [:lt, :eq]
        :gteq -> order in [:gt, :eq]
      end

    if matches?, do: verdict(event, action), else: :ignore
  end

  def progress(%{msg: {:report, %{label: {_, :progress}}}} = event, action), do: verdict(event, action)
  def progress(_event, _action), do: :ignore

  def remote_gl(%{meta: %{gl: leader}} = event, action) when node(leader) != node() do
    verdict(event, action)
  end

  def remote_gl(_event, _action), do: :ignore

  defp verdict(event, :log), do: event
  defp verdict(_event, :stop), do: :stop
end
