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

  test "records of OTP's headers are known" do
    assert [{:size, :undefined}, {:type, :undefined} | _] = Record.extract(:file_info, from_lib: "kernel/include/file.hrl")
    assert Record.extract(:xmlElement, from_lib: "xmerl/include/xmerl.hrl")[:namespace] == {:xmlNamespace, [], []}
    assert Keyword.keys(Record.extract_all(from_lib: "kernel/include/file.hrl")) == [:file_info, :file_descriptor]

    assert_raise ArgumentError, "lib file none/include/none.hrl could not be found", fn ->
      Record.extract(:file_info, from_lib: "none/include/none.hrl")
    end
  end

  @tag :tmp_dir
  test "records of a header of one's own, with its constants", %{tmp_dir: folder} do
    path = Path.join(folder, "shapes.hrl")

    File.write!(path, """
    -define(ORIGIN, {0, 0}).
    -record(point, {at = ?ORIGIN :: {integer(), integer()}, name}). % a comment
    -record(circle, {center = #point{}, radius = 1 + 1}).
    """)

    assert Record.extract(:point, from: path) == [at: {0, 0}, name: :undefined]
    assert Record.extract(:circle, from: path) == [center: {:point, {0, 0}, :undefined}, radius: 2]

    assert_raise ArgumentError, ~r"^no record square found at", fn -> Record.extract(:square, from: path) end
  end
end
