using Grpc.Core;

namespace GrpcProgram;

/// <summary>Counts the calls that reach it.</summary>
public sealed class CounterService : Counter.CounterBase
{
    private int calls;

    public override Task<CountReply> Count(CountRequest request, ServerCallContext context) =>
        Task.FromResult(new CountReply { Count = Interlocked.Increment(ref this.calls) });

    public override async Task CountDown(CountRequest request, IServerStreamWriter<CountReply> responseStream, ServerCallContext context)
    {
        for (var count = Interlocked.Increment(ref this.calls); count > 0; count--)
        {
            await responseStream.WriteAsync(new CountReply { Count = count }, context.CancellationToken);
        }
    }
}
