case {:error, :enoent} do
  {:ok, _} -> :ok
end
# expect error: ** (CaseClauseError) no case clause matching: {:error, :enoent}
