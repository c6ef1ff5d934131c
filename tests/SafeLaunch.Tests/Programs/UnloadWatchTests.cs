#if NET
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>What the log says of a load context that was unloaded.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class UnloadWatchTests
{
    private const int Collections = 10;

    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(5);

    [Test]
    [NonParallelizable]
    public void A_load_context_that_goes_once_it_has_survived_a_collection_is_logged_as_unloaded()
    {
        using var log = new LogRecorder();
        var held = BeginHolding(log);
        Collect();
        Collect();
        Assert.That(log.All, Is.Empty, "it may go yet");

        held.Value = null;

        Assert.That(SpinWait.SpinUntil(() => IsLogged(log, LogEvents.Unloaded), Gate.Patience), Is.True);
        Assert.That(log.All.Single().Message, Does.Contain("'launch'").And.Contain("'program'"));
    }

    [Test]
    public void A_load_context_that_is_held_is_warned_of_after_ten_collections_and_not_before_five_seconds()
    {
        using var log = new LogRecorder();
        var begun = Stopwatch.StartNew();
        var held = BeginHolding(log);
        for (var i = 0; i < Collections; i++)
        {
            Collect();
        }

        SpinWait.SpinUntil(() => log.All.Count > 0 || begun.Elapsed > Seconds);
        var isWarned = SpinWait.SpinUntil(() => IsLogged(log, LogEvents.StillLoaded), Gate.Patience);
        var time = begun.Elapsed;
        GC.KeepAlive(held);

        Assert.That(isWarned, Is.True);
        Assert.That(time, Is.GreaterThan(Seconds));
        var warning = log.All.Single();
        Assert.That(warning.Message, Does.Contain("'launch'").And.Contain("'program'"));
        Assert.That(int.Parse(warning.GetStructuredStateValue("Collections")!, CultureInfo.InvariantCulture), Is.AtLeast(Collections));
    }

    /// <summary>No local variable of the caller refers to the context.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static StrongBox<AssemblyLoadContext?> BeginHolding(LogRecorder log)
    {
        var held = new StrongBox<AssemblyLoadContext?>(new AssemblyLoadContext("program", isCollectible: true));
        UnloadWatch.Begin(held.Value!, "launch", log.Factory.CreateLogger("log"));
        held.Value!.Unload();
        return held;
    }

    private static bool IsLogged(LogRecorder log, int eventId)
    {
        Collect();
        return log.Of(eventId).Count > 0;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
#endif
