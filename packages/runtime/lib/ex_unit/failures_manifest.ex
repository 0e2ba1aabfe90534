defmodule ExUnit.FailuresManifest do
  @moduledoc false

  # Which tests have failed in earlier runs, by `{module, name}` with the file that they are in. Kept in a file.

  @version 1

  @doc "A manifest without failures."
  def new, do: %{}

  @doc "The files of the failures and the failures themselves, or `:all` where a whole suite counts as failed."
  def info(file) do
    with {:ok, binary} <- File.read(file), {:ok, {@version, :all}} <- safe(binary) do
      :all
    else
      _ ->
        manifest = read(file)
        {MapSet.new(Map.values(manifest)), MapSet.new(Map.keys(manifest))}
    end
  end

  @doc "Lets the whole suite count as failed."
  def fail_all!(file), do: write!(:all, file)

  @doc "Notes how a test has ended: a failure stays until it passes or the test is gone."
  def put_test(manifest, %ExUnit.Test{state: {ignored, _}}) when ignored in [:skipped, :excluded], do: manifest

  def put_test(manifest, %ExUnit.Test{state: nil} = test), do: Map.delete(manifest, {test.module, test.name})

  def put_test(manifest, %ExUnit.Test{state: {failed, _}} = test) when failed in [:failed, :invalid] do
    Map.put(manifest, {test.module, test.name}, test.tags.file)
  end

  @doc "Writes the manifest into a file."
  def write!(manifest, file) do
    File.write!(file, :erlang.term_to_binary({@version, manifest}))
  end

  @doc "Reads a manifest; one that is not there or damaged is empty. Tests that no longer exist are left out."
  def read(file) do
    with {:ok, binary} <- File.read(file),
         {:ok, {@version, manifest}} when is_map(manifest) <- safe(binary) do
      manifest |> Enum.filter(&exists?/1) |> Map.new()
    else
      _ -> new()
    end
  end

  defp exists?({{module, name}, file}) do
    cond do
      not File.regular?(file) -> false
      :erlang.module_loaded(module) -> function_exported?(module, name, 1)
      true -> true
    end
  end

  defp safe(binary) do
    {:ok, :erlang.binary_to_term(binary)}
  rescue
    ArgumentError -> :error
  end
end
