using Microsoft.AspNetCore.SignalR;

namespace SafeLaunch.Browser.Tests.SignalR;

/// <summary>Counts the clicks of all visitors, one at a time, and tells all of them.</summary>
internal sealed class ClickHub(ClickHub.Clicks clicks) : Hub
{
    public override Task OnConnectedAsync() => this.Clients.Caller.SendAsync("count", clicks.Count);

    public async Task Add()
    {
        await clicks.OneAtATime.WaitAsync(this.Context.ConnectionAborted);
        try
        {
            var before = clicks.Count;
            await Task.Yield();
            clicks.Count = before + 1;
            await this.Clients.All.SendAsync("count", clicks.Count);
        }
        finally
        {
            clicks.OneAtATime.Release();
        }
    }

    internal sealed class Clicks : IDisposable
    {
        public SemaphoreSlim OneAtATime { get; } = new(initialCount: 1);

        public int Count { get; set; }

        public void Dispose() => this.OneAtATime.Dispose();
    }
}
