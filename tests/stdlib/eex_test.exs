defmodule EExTemplateTest do
  use ExUnit.Case, async: true
  import ExUnit.CaptureIO

  require EEx
  EEx.function_from_string(:def, :greeting, "Dear <%= name %>,<%= if formal do %> yours<% else %> bye<% end %>", [:name, :formal])
  EEx.function_from_string(:defp, :shout, "<%= String.upcase(@word) %>!", [:assigns])

  test "values, blocks, functions and quoted tags" do
    assert EEx.eval_string("a <%= x %> <%% y %>", x: 1) == "a 1 <% y %>"
    assert EEx.eval_string("<%= for i <- 1..3 do %>[<%= i %>]<% end %>") == "[1][2][3]"
    assert EEx.eval_string("<%= Enum.map [1, 2], fn i -> %><%= i * i %>;<% end %>") == "1;4;"
    assert EEx.eval_string("<%= case x do %><% 1 -> %>one<% _ -> %>many<% end %>", x: 2) == "many"
    assert EEx.eval_string("a<%!-- not <%= seen --%>b") == "ab"
  end

  test "functions made of templates" do
    assert greeting("Ada", true) == "Dear Ada, yours"
    assert greeting("Ada", false) == "Dear Ada, bye"
    assert shout(word: "no") == "NO!"
  end

  test "trimming keeps one line break" do
    assert EEx.eval_string("  <% x = 1 %>  \n\n  <%= x %>\n", [], trim: true) == "\n1"
  end

  test "a block without its end is named with its line" do
    message = "nofile:2:5: expected a closing '<% end %>' for block expression in EEx\n  |\n1 | a\n2 | <%= if x do %>\n  |     ^"
    assert_raise EEx.SyntaxError, message, fn -> EEx.compile_string("a\n<%= if x do %>\nb\n") end
    assert_raise EEx.SyntaxError, ~r/unexpected end of expression <% end %>/, fn -> EEx.compile_string("<% end %>") end
  end

  test "a block whose value is lost is warned about" do
    warned = capture_io(:stderr, fn -> EEx.compile_string("é\n a<% if true do %>a<% end %>", file: "a.eex") end)

    assert warned == """
           warning: the contents of this expression won't be output unless the EEx block starts with "<%="
           └─ a.eex:2:3

           """
  end

  test "an assign that is not given is nil" do
    assert capture_io(:stderr, fn -> assert EEx.eval_string("<%= @a %>", assigns: [b: 1]) == "" end) =~
             "assign @a not available in EEx template"
  end

  defmodule Brackets do
    @behaviour EEx.Engine
    defdelegate init(options), to: EEx.Engine
    defdelegate handle_body(state), to: EEx.Engine
    defdelegate handle_begin(state), to: EEx.Engine
    defdelegate handle_end(state), to: EEx.Engine
    defdelegate handle_text(state, meta, text), to: EEx.Engine
    def handle_expr(state, "|", code), do: EEx.Engine.handle_expr(state, "=", quote(do: "[#{unquote(code)}]"))
    def handle_expr(state, marker, code), do: EEx.Engine.handle_expr(state, marker, code)
  end

  test "an engine gives the other markers a meaning" do
    assert EEx.eval_string("<%| 1 + 1 %>", [], engine: Brackets) == "[2]"
    assert_raise EEx.SyntaxError, ~r/unsupported EEx syntax <%\| %>/, fn -> EEx.compile_string("<%| 1 %>") end
  end
end
