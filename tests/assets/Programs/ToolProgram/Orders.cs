using System.Threading.Channels;

namespace ToolProgram;

/// <summary>Work of the tools that waits for the process which does it, one order after the other.</summary>
internal sealed class Orders
{
    private readonly Channel<(string Text, TaskCompletionSource<string> Answer)> waiting = Channel.CreateUnbounded<(string, TaskCompletionSource<string>)>();
    private TaskCompletionSource<string>? given;

    /// <returns>The answer of the process that carries the order out.</returns>
    public Task<string> PlaceAsync(string text, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        this.waiting.Writer.TryWrite((text, answer));
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes the answer to the order that was given last, and gives the next one.</summary>
    public async Task<string> NextAsync(string answer, CancellationToken cancellationToken)
    {
        this.given?.TrySetResult(answer);
        (var text, this.given) = await this.waiting.Reader.ReadAsync(cancellationToken);
        return text;
    }
}
