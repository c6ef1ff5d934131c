namespace System.Threading.Tasks;

/// <summary>A task without a result, which .NET Framework has no source for.</summary>
internal sealed class TaskCompletionSource(TaskCreationOptions options) : TaskCompletionSource<bool>(options)
{
    public TaskCompletionSource()
        : this(TaskCreationOptions.None)
    {
    }

    public void SetResult() => this.SetResult(true);

    public bool TrySetResult() => this.TrySetResult(true);
}
