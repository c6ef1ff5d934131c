namespace SafeLaunch.Runtime.Tests;

/// <summary>Child launches again and again, which take longer than other tests.</summary>
public sealed class ManyChildLaunchesTests
{
    private const int Launches = 200;
    private const int AtOnce = 4;

    /// <summary>The runtime opens a few files at any time.</summary>
    private const int Tolerance = 10;

    [Test]
    public async Task Two_hundred_child_launches_leave_no_file_open()
    {
        await LaunchAsync(2 * AtOnce);
        var files = OpenFiles();

        await LaunchAsync(Launches);

        Assert.That(OpenFiles(), Is.LessThanOrEqualTo(files + Tolerance));
    }

    private static async Task LaunchAsync(int count)
    {
        for (var i = 0; i < count / AtOnce; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => LaunchOnceAsync())).Within();
        }
    }

    private static async Task LaunchOnceAsync()
    {
        await using var handle = await Launcher.For(TestLaunch.UntilStopped).InChildProcess().StartAsync();
        var outcome = await handle.StopAsync();
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped), outcome.ToString());
    }

    private static int OpenFiles() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
}
