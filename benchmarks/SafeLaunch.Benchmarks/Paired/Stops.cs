using System.Diagnostics;
using Nito.AsyncEx;
using SafeLaunch.Benchmarks.Reporting;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>The stop alone, of a launch and of the same code without one, in turns.</summary>
public static class Stops
{
    public static async Task<Table> MeasureAsync(Effort effort)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var table = new Table("what is stopped", "by hand", "launched", "ratio", "target");
        await AddAsync("`app.Run()`, by hand on a bare thread", Web(ServerStarts.OnBareThreadAsync), Web(ServerStarts.LaunchedAsync), "≤ 1.10");
        await AddAsync("`app.Start()`, by hand on the thread of the caller", Web(ServerStarts.DirectAsync), Web(ServerStarts.OnlyStartedInLaunchAsync), "–");
        await AddAsync("a thread that waits for an event", WaitingThreadAsync, WaitingLaunchAsync, "–");
        await AddAsync("nothing, by hand on an `AsyncContextThread`", ContextThreadAsync, EmptyLaunchAsync, "–");
        return table;

        async Task AddAsync(string name, Func<Task<Func<Task>>> byHand, Func<Task<Func<Task>>> launched, string target)
        {
            var rounds = new Rounds<Func<Task<Func<Task>>>, double>([byHand, launched]);
            await rounds.RunAsync(warmUps: 20, effort.Rounds(brief: 100, full: 500), TakeAsync);
            table.Add(
                name,
                Format.Microseconds(rounds.Median(byHand, time => time)),
                Format.Microseconds(rounds.Median(launched, time => time)),
                Format.Ratio(rounds.Median(launched, time => time) / rounds.Median(byHand, time => time)),
                target);
        }

        // After an answer, so that a connection is open.
        Func<Task<Func<Task>>> Web(Func<Task<RunningServer>> startAsync) => async () =>
        {
            var server = await startAsync();
            using var answer = await client.GetAsync(server.Address);
            answer.EnsureSuccessStatusCode();
            return server.StopAsync;
        };
    }

    /// <returns>The time of the stop, in microseconds.</returns>
    private static async Task<double> TakeAsync(Func<Task<Func<Task>>> startAsync)
    {
        var stopAsync = await startAsync();
        var begin = Stopwatch.GetTimestamp();
        await stopAsync();
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
    }

    private static Task<Func<Task>> WaitingThreadAsync()
    {
        var end = new ManualResetEvent(initialState: false);
        var waits = new TaskCompletionSource<Func<Task>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread? thread = null;
        thread = new(() =>
        {
            waits.SetResult(StopAsync);
            end.WaitOne();
        });
        thread.Start();
        return waits.Task;

        Task StopAsync()
        {
            end.Set();
            thread!.Join();
            end.Dispose();
            return Task.CompletedTask;
        }
    }

    private static async Task<Func<Task>> WaitingLaunchAsync()
    {
        var handle = await Launcher.For(launch =>
        {
            launch.SignalReady();
            launch.Stopping.WaitHandle.WaitOne();
        }).StartAsync();
        return () => handle.StopAsync();
    }

    private static async Task<Func<Task>> ContextThreadAsync()
    {
        var thread = new AsyncContextThread();
        await thread.Factory.Run(() => { });
        return thread.JoinAsync;
    }

    private static async Task<Func<Task>> EmptyLaunchAsync()
    {
        var handle = await Launcher.For(() => { }).StartAsync();
        return () => handle.StopAsync();
    }
}
