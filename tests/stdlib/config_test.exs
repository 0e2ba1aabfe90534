defmodule ConfigTest do
  use ExUnit.Case

  alias Config.Provider

  defmodule Colour do
    @behaviour Provider
    def init(colour), do: colour
    def load(config, colour), do: Config.Reader.merge(config, painter: [colour: colour])
  end

  setup context do
    keys = [:config_provider_init, :config_provider_booted]
    on_exit(fn -> Enum.each(keys, &Application.delete_env(:elixir, &1)) end)
    path = Path.join(context.tmp_dir, "sys.config")
    File.write!(path, "[{painter,[{brush,1}]}].\n")
    {:ok, path: path}
  end

  defp start(path, opts) do
    [{Colour, :red}] |> Provider.init(path, opts) |> Application.put_all_env()
    Provider.boot(fn -> send(self(), :restarted) end)
  end

  @moduletag :tmp_dir

  test "providers write the configuration, and the system starts again with it", %{path: path} do
    start(path, reboot_system_after_config: true, prune_runtime_sys_config_after_boot: true)
    assert_received :restarted
    {:ok, [config]} = :file.consult(path)
    assert config[:painter] == [brush: 1, colour: :red]

    Application.put_all_env(Keyword.take(config, [:elixir]))
    assert Provider.boot() == :booted
    refute File.exists?(path)
  end

  test "without a restart the configuration holds at once", %{path: path} do
    assert start(path, []) == :ok
    assert Application.get_env(:painter, :colour) == :red
  after
    Application.delete_env(:painter, :colour)
  end

  test "what code was compiled with has to be what is configured" do
    Application.put_env(:elixir, :brush, size: 2)
    assert Provider.validate_compile_env([{:elixir, [:brush, :size], {:ok, 2}}]) == :ok
    assert {:error, message} = Provider.validate_compile_env([{:elixir, [:brush, :size], :error}])
    assert message =~ "the application :elixir has a different value set for path [:size] inside key :brush"
    assert message =~ "  * Compile time value was not set\n  * Runtime value was set to: 2\n"
  after
    Application.delete_env(:elixir, :brush)
  end
end
