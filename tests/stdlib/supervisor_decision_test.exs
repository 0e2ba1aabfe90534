# What a supervisor decides when a child ends, as data: no supervisor takes part.
ExUnit.start()

defmodule SupervisorDecisionTest do
  use ExUnit.Case, async: true

  alias Supervisor.Decision

  defp child(id, restart, significant \\ false, pid \\ self()) do
    %{id: id, restart: restart, significant: significant, pid: pid}
  end

  defp permanent, do: for(id <- [:a, :b, :c], do: child(id, :permanent))
  defp end_of(strategy, children, child, reason), do: Decision.ended(strategy, :never, children, child, reason)

  test "one for one starts the child alone" do
    [_, b, _] = children = permanent()
    assert end_of(:one_for_one, children, b, :crash) == [:report, {:restart, [], [:b]}]
  end

  test "one for all stops the others, the last one first, and starts all in order" do
    [_, b, _] = children = permanent()
    assert end_of(:one_for_all, children, b, :crash) == [:report, {:restart, [:c, :a], [:a, :b, :c]}]
  end

  test "rest for one leaves those before the child alone" do
    [_, b, c] = children = permanent()
    assert end_of(:rest_for_one, children, b, :crash) == [:report, {:restart, [:c], [:b, :c]}]
    assert end_of(:rest_for_one, children, c, :normal) == [:report, {:restart, [], [:c]}]
  end

  test "temporary children that are stopped are not started again" do
    [a, _, _] = children = permanent()
    children = children ++ [child(:t, :temporary)]
    assert end_of(:one_for_all, children, a, :crash) == [:report, {:restart, [:t, :c, :b], [:a, :b, :c]}]
  end

  test "the restart type and the reason decide whether a child is started again" do
    expected = [:normal, :shutdown, {:shutdown, 1}]
    for reason <- expected ++ [:crash], do: assert(Decision.restart?(:permanent, reason))
    for reason <- expected, do: refute(Decision.restart?(:transient, reason))
    assert Decision.restart?(:transient, :crash)
    for reason <- expected ++ [:crash], do: refute(Decision.restart?(:temporary, reason))
  end

  test "a temporary child is forgotten; only its crash is told" do
    child = child(:t, :temporary)
    assert end_of(:one_for_one, [child], child, :crash) == [:report, :forget]
    assert end_of(:one_for_one, [child], child, :normal) == [:forget]
  end

  test "the end of significant children may be that of the supervisor" do
    [one, two] = both = for id <- [1, 2], do: child(id, :transient, true)
    assert Decision.ended(:one_for_one, :any_significant, both, one, :normal) == [:forget, :shutdown]
    assert Decision.ended(:one_for_one, :all_significant, both, one, :normal) == [:forget]

    left = [%{one | pid: :undefined}, two]
    assert Decision.ended(:one_for_one, :all_significant, left, two, :normal) == [:forget, :shutdown]
  end

  test "so many restarts are allowed within the period, and one more is too many" do
    assert {:ok, [{10, 1}] = restarts} = Decision.count([], 10, 3, 5)
    assert {:ok, restarts} = Decision.count(restarts, 11, 3, 5)
    assert {:ok, restarts} = Decision.count(restarts, 12, 3, 5)
    assert {:too_many, _} = Decision.count(restarts, 15, 3, 5)
    assert Decision.count(restarts, 16, 3, 5) == {:ok, [{16, 1}, {12, 1}, {11, 1}]}
  end

  test "restarts within one second are counted, not listed" do
    count = fn restarts, now -> Decision.count(restarts, now, 3, 5) end
    assert {:ok, restarts} = count.([], 10)
    assert {:ok, restarts} = count.(restarts, 10)
    assert {:ok, [{10, 3}] = restarts} = count.(restarts, 10)
    assert {:too_many, [{15, 1}, {10, 3}]} = count.(restarts, 15)
    assert {:ok, [{16, 1}]} = count.(restarts, 16)
  end
end
