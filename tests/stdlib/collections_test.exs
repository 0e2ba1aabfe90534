defmodule CollectionsTest do
  use ExUnit.Case, async: true

  import ExUnit.CaptureIO

  describe "sorting" do
    test "orders, keeps everything, and leaves equals in their order" do
      :rand.seed(:exsss, {1, 2, 3})

      for _ <- 1..50 do
        list = for _ <- 1..:rand.uniform(60)//1, do: {:rand.uniform(8), :rand.uniform(100)}
        sorted = Enum.sort_by(list, &elem(&1, 0))
        descending = Enum.sort_by(list, &elem(&1, 0), :desc)

        assert Enum.map(sorted, &elem(&1, 0)) == Enum.sort(Enum.map(list, &elem(&1, 0)))
        assert sorted == Enum.sort(list, &(elem(&1, 0) <= elem(&2, 0)))

        for key <- 1..8 do
          of_key = fn list -> Enum.filter(list, &(elem(&1, 0) == key)) end
          assert of_key.(sorted) == of_key.(list)
          assert of_key.(descending) == of_key.(list)
        end
      end
    end
  end

  describe "what does not fit" do
    defp refused(fun) do
      fun.()
    rescue
      error -> Exception.message(error)
    end

    test "is refused by the function that finds out" do
      clause = "no function clause matching in "
      assert refused(fn -> List.last(:a) end) == clause <> ~s(List."-inlined-last/2-"/2)
      assert refused(fn -> List.last(:a, 1) end) == clause <> "List.last/2"
      assert refused(fn -> List.delete_at(:a, 1) end) == clause <> "List.do_pop_at/4"
      assert refused(fn -> String.trim_leading(:a) end) == clause <> "String.Break.trim_leading/1"
      assert refused(fn -> String.trim_trailing(1) end) == clause <> "String.Break.trim_trailing/1"
      assert refused(fn -> Regex.compile("a", 1) end) == clause <> "Regex.compile/3"
      assert refused(fn -> URI.encode_query([1]) end) == clause <> "URI.encode_kv_pair/2"
      assert refused(fn -> Version.parse_requirement(<<255>>) end) == clause <> "Version.Parser.lexer/3"
      assert refused(fn -> Duration.new!([1]) end) == clause <> "Duration.validate_unit!/1"
      assert refused(fn -> DateTime.shift(1, day: 1) end) == clause <> "DateTime.shift/3"
      assert refused(fn -> Time.to_erl(~D[2024-01-01]) end) == clause <> "Time.convert/2"
      assert refused(fn -> Time.compare(~D[2024-01-01], 3) end) == clause <> "Time.to_day_fraction/1"
      assert refused(fn -> DateTime.to_string(~T[12:00:00]) end) =~ "no match of right hand side value"
      assert refused(fn -> DateTime.shift_zone(~N[2024-01-01 12:00:00], "A/B") end) =~ "no match of right"
      assert refused(fn -> Enum.map_reduce([1], 0, 2) end) == "expected a function, got: 2"
      assert refused(fn -> Enum.map_reduce(1, 0, 2) end) =~ "protocol Enumerable not implemented"
      assert Float.round(0) === 0
    end

    test "an improper list fails in what OTP inlines" do
      improper = Process.get(:none, [1 | 2])
      clause = "no function clause matching in Enum."
      assert refused(fn -> Enum.map(improper, & &1) end) == clause <> ~s("-map/2-lists^map/1-1-"/2)
      assert refused(fn -> Enum.each(improper, & &1) end) == clause <> ~s("-each/2-lists^foreach/1-0-"/2)
      assert refused(fn -> Enum.sum(improper) end) == clause <> ~s("-sum/1-lists^foldl/2-0-"/3)

      assert refused(fn -> Enum.reduce(improper, 0, &+/2) end) ==
               clause <> ~s("-reduce/3-lists^foldl/2-0-"/3)

      assert refused(fn -> List.foldr([1], 0, & &1) end) ==
               ~s(no function clause matching in List."-foldr/3-lists^foldr/2-0-"/3)

      assert refused(fn -> List.keytake(improper, 3, 0) end) ==
               "no function clause matching in :lists.keytake/4"
    end

    test "an element or option that is none is refused where it is looked at" do
      clause = "no function clause matching in "
      users = [%{n: 1}, %{n: 2}]
      assert refused(fn -> Enum.unzip([1]) end) == clause <> "Enum.unzip/3"
      assert refused(fn -> Enum.sort_by(users, & &1.n, {1, Date}) end) == clause <> "List.keysort_fun/2"
      assert refused(fn -> Map.new(%{a: 1}, 2) end) == clause <> "Map.new_from_map/2"
      assert refused(fn -> Keyword.validate!([a: 1], [:b | 2]) end) == clause <> "Keyword.find_key!/3"
      assert refused(fn -> OptionParser.parse([], strict: [1]) end) == clause <> "OptionParser.validate_switch/1"
      assert refused(fn -> String.split("abc", "", parts: -3) end) == clause <> "String.parts_to_index/1"
      assert refused(fn -> Regex.split(~r/a/, "abc", parts: 0) end) == clause <> "Regex.parts_to_index/1"

      assert refused(fn -> String.starts_with?("abc", [:a]) end) ==
               clause <> ~s(String."-inlined-starts_with_string?/3-"/3)

      assert refused(fn -> Enum.to_list(URI.query_decoder("a=b", :c)) end) ==
               clause <> "URI.decode_with_encoding/2"

      assert Enum.sort_by([~D[2024-02-01], ~D[2023-05-01]], & &1, Date) == [~D[2023-05-01], ~D[2024-02-01]]
      assert Enum.sort_by([~D[2023-05-01], ~D[2024-02-01]], & &1, {:desc, Date}) |> hd() == ~D[2024-02-01]
    end

    test "a dictionary to group into is deprecated" do
      assert capture_io(:stderr, fn -> Enum.group_by([], %{}, & &1) end) =~
               "Enum.group_by/3 with a map/dictionary as second element is deprecated"
    end
  end

  describe "lists" do
    test "are zipped with tuples, and with nothing else" do
      assert List.zip([{1, 2}, [:a, :b]]) == [{1, :a}, {2, :b}]
      assert_raise FunctionClauseError, fn -> List.zip([[1], %{a: 1}]) end
    end

    test "are flattened before a list alone" do
      assert List.flatten([[1], 2], [3]) == [1, 2, 3]
      assert_raise FunctionClauseError, fn -> List.flatten([[1], 2], 3) end
    end
  end

  describe "ranges" do
    test "split into two that make up the whole" do
      for first <- -4..4, last <- -4..4, step <- [-3, -1, 1, 2], at <- -6..6 do
        range = first..last//step
        {left, right} = Range.split(range, at)
        assert Enum.to_list(left) ++ Enum.to_list(right) == Enum.to_list(range)
      end
    end

    test "are disjoint exactly if they have no common element" do
      for first <- -3..3, last <- (first + 1)..5, step1 <- 1..3, step2 <- [-3, -2, 1, 4] do
        {range1, range2} = {first..last//step1, last..-2//step2}
        common = Enum.filter(range1, &(&1 in range2))
        assert Range.disjoint?(range1, range2) == (common == [])
      end
    end
  end

  describe "streams of resources" do
    defp resource do
      Stream.resource(
        fn -> 0 end,
        fn n -> if n == 4, do: {:halt, n}, else: {[n], n + 1} end,
        fn _ -> IO.write("closed") end
      )
    end

    test "close when exhausted, left early, or when the walk crashes" do
      walks = [
        &Enum.to_list/1,
        &Enum.take(&1, 1),
        &Enum.zip(&1, [:a, :b]),
        &Enum.zip([:a], &1),
        &Enum.take(Stream.flat_map(&1, fn n -> Stream.cycle([n]) end), 2),
        fn stream -> assert_raise RuntimeError, fn -> Enum.each(stream, &raise("#{&1}")) end end
      ]

      for walk <- walks do
        assert capture_io(fn -> walk.(resource()) end) == "closed"
      end
    end

    test "refuse what is no step" do
      resource = Stream.resource(fn -> 0 end, fn _ -> 1 end, fn _ -> :ok end)
      assert_raise TryClauseError, "no try clause matching: 1", fn -> Enum.to_list(resource) end

      transformed = Stream.transform([1], 0, fn _, _ -> 2 end)
      assert_raise CaseClauseError, "no case clause matching: 2", fn -> Enum.to_list(transformed) end
    end
  end

  describe "dates" do
    test "convert to days and back, through leap years and before the year 0" do
      for days <- -800_000..800_000//397 do
        date = Date.from_gregorian_days(days)
        assert Date.to_gregorian_days(date) == days
        assert Date.add(date, 1) == Date.from_gregorian_days(days + 1)
        assert Date.from_iso8601(Date.to_iso8601(date)) == {:ok, date}
      end
    end

    test "shift by months to the last day of a shorter one" do
      assert Date.shift(~D[2024-01-31], month: 1) == ~D[2024-02-29]
      assert Date.shift(~D[2023-03-31], month: -1, day: 1) == ~D[2023-03-01]
    end
  end

  test "groups with a dictionary, as Elixir had them once" do
    warning =
      ExUnit.CaptureIO.capture_io(:stderr, fn ->
        assert_raise UndefinedFunctionError, fn -> Enum.group_by([1], nil, & &1) end
      end)

    assert warning =~ "Enum.group_by/3 with a map/dictionary as second element is deprecated"
  end

  test "dates and times without all their fields are refused where Elixir does" do
    full = Map.from_struct(~U[2024-01-02 03:04:05.678Z])
    assert DateTime.to_date(full) == ~D[2024-01-02]
    assert NaiveDateTime.truncate(full, :second) == ~N[2024-01-02 03:04:05]

    for field <- [:year, :hour, :microsecond] do
      part = Map.delete(full, field)

      for refuse <- [
            &DateTime.to_date/1,
            &DateTime.to_time/1,
            &DateTime.to_naive/1,
            &NaiveDateTime.truncate(&1, :second),
            &NaiveDateTime.convert(&1, Calendar.ISO)
          ],
          do: assert_raise(FunctionClauseError, fn -> refuse.(part) end)

      for refuse <- [&DateTime.to_string/1, &DateTime.from_naive(&1, "Etc/UTC"), &DateTime.shift(&1, day: 1)],
          do: assert_raise(MatchError, fn -> refuse.(part) end)
    end
  end

  # Called by `apply/3`, since each call of a deprecated function is told.
  describe "the modules that were there before Map and MapSet" do
    test "Dict goes by what the dict is" do
      assert apply(Dict, :put, [%{a: 1}, :b, 2]) == %{a: 1, b: 2}
      assert apply(Dict, :put, [[a: 1], :a, 2]) == [a: 2]
      assert apply(Dict, :size, [%{a: 1}]) == 1
      assert apply(Dict, :size, [[a: 1, a: 2]]) == 2
      assert apply(Dict, :equal?, [%{a: 1}, [a: 1]])
      assert apply(Dict, :merge, [[b: 1], %{a: 1}]) == [b: 1, a: 1]
      assert apply(Dict, :merge, [%{a: 1}, [a: 2], fn k, x, y -> {k, x, y} end]) == %{a: {:a, 1, 2}}
      assert_raise ArgumentError, "unsupported dict: 1", fn -> apply(Dict, :keys, [1]) end
      assert List.keymember?(Dict.__info__(:deprecated), {:keys, 1}, 0)
    end

    test "Set does too" do
      assert apply(Set, :union, [MapSet.new([1]), MapSet.new([2])]) == MapSet.new([1, 2])
      assert apply(Set, :member?, [MapSet.new([1]), 1])
      assert_raise ArgumentError, "unsupported set: [1]", fn -> apply(Set, :union, [MapSet.new([1]), [1]]) end
    end
  end
end
