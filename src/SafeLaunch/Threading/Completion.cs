namespace SafeLaunch.Threading;

/// <summary>Mirrors another task, or fails with an exception. Its continuations always run asynchronously.</summary>
internal readonly partial struct Completion<T>
{
    public void Fail(Exception exception) => this.source.TrySetException(exception);
}
