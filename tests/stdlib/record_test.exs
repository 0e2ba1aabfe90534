defmodule RecordTest do
  use ExUnit.Case, async: true
  require Record
  Record.defrecordp(:user, :person, name: "ann", age: 1)

  test "records are made, read, updated and matched" do
    record = user(age: 2)
    assert record == {:person, "ann", 2}
    assert user(record, :age) == 2
    assert user(user(record, name: "bo"), :name) == "bo"
    assert user(:age) == 2
    assert user(record) == [name: "ann", age: 2]
    user(name: name) = record
    assert name == "ann"
    assert Record.is_record(record, :person)
  end

  test "unknown fields are refused" do
    code = "require Record\nRecord.defrecord(:a, x: 1)\ndef f, do: a(y: 1)"

    assert_raise ArgumentError, "record :a does not have the key: :y", fn ->
      Code.eval_string("defmodule RecordTest.Bad do\n#{code}\nend")
    end
  end
end
