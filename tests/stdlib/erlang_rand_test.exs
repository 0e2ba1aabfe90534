defmodule ErlangRandTest do
  use ExUnit.Case, async: true

  test "a generator without a state of the process" do
    assert :rand.exsp_next([1 | 2]) == {16785413, [2 | 16785411]}
  end

  test "an old generator of random numbers" do
    :random.seed(1, 2, 3)
    assert :random.uniform(100) == :random.uniform_s(100, {2, 3, 4}) |> elem(0)
  end

  describe "a seeded generator" do
    test "draws the normal distribution that Erlang draws, to the bit" do
      :rand.seed(:exsss, {1, 2, 3})
      assert :rand.normal() === 1.3701979225129497
      assert :rand.normal() === -0.4791401670399548

      :rand.seed(:exsss, {1, 2, 3})
      numbers = for _ <- 1..2000, do: :rand.normal()
      assert :erlang.phash2(numbers) == 3_281_621
    end

    test "draws reals with all their digits, however small" do
      :rand.seed(:exsss, {1, 2, 3})
      numbers = for _ <- 1..5000, do: :rand.uniform_real()
      assert :erlang.phash2(numbers) == 21_067_351
      assert Enum.all?(numbers, &(&1 > 0.0))
    end
  end

  test "random integers of more bits than a draw has take as few draws as Erlang" do
    draws =
      for range <- [2 ** 114 + 1, 2 ** 115 + 1, 2 ** 116] do
        :rand.seed(:exsss, {1, 2, 3})
        {:rand.uniform(range), :rand.uniform(100)}
      end

    assert [{3784968016481066927018188094443215, 75}, {_, 39}, {45323342884759687955262158728203985, 75}] = draws
  end

  test "a bare multiply-with-carry generator" do
    assert :rand.mwc59_seed(5) == 156_667_492_070_934_013
    assert :rand.mwc59(5) == 669_251_850
    assert :rand.mwc59_value(1_234_567_890_123_456) == 568_376_253_558_625_984
    assert :rand.mwc59_value32(1_234_567_890_123_456) == 3_056_630_464
    assert :rand.mwc59_float(1_234_567_890_123_456) === 0.10244033509726336
    assert_raise FunctionClauseError, fn -> :rand.mwc59_seed(-1) end
  end

  test "far ahead in a sequence of random numbers" do
    assert {_, [285_906_172_023_498_826 | 51_120_954_082_399_550]} = :rand.jump(:rand.seed_s(:exsss, 1))
    :rand.seed(:exsp, 1)
    assert :rand.jump() == :rand.jump(:rand.seed_s(:exsp, 1))

    first = fn algorithm -> algorithm |> :rand.seed_s(1) |> :rand.jump() |> :rand.uniform_s() |> elem(0) end
    assert first.(:exrop) == 0.39990726293299006
    assert first.(:exro928ss) == 0.9808383509290609
    assert first.(:exs1024) == 0.5317737252246498
    assert first.(:exs1024s) == 0.5317737252246497
    assert_raise ErlangError, fn -> :rand.jump(:rand.seed_s(:exs64, 1)) end
  end

  test "a state has what draws from it" do
    {%{next: next, uniform_n: uniform, jump: jump, bits: 58}, words} = state = :rand.seed_s(:exsss, 5)
    assert next.(words) == {132_101_343_309_778_766, [42_556_930_741_712_632 | 231_926_121_730_510_594]}
    assert uniform.(10, state) == :rand.uniform_s(10, state)
    assert jump.(state) == :rand.jump(state)
    assert inspect(next) =~ ~r/in :rand.exsss_next>$/
    assert :exs64 |> :rand.seed_s(5) |> elem(0) |> Map.keys() == [:max, :next, :type]
    assert :exro928ss |> :rand.seed_s(5) |> elem(0) |> Map.keys() == [:bits, :jump, :next, :type, :uniform, :uniform_n]
    assert %{weak_low_bits: 3, bits: 64} = elem(:rand.seed_s(:exs1024s, 5), 0)
    assert state |> :erlang.term_to_binary() |> :erlang.binary_to_term() |> :rand.uniform_s() |> elem(0) == elem(:rand.uniform_s(state), 0)
  end
end
