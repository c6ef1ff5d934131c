using SafeLaunch;

namespace ChildProgram;

/// <summary>Launches that wait for a line of the console, in a process that reads lines itself.</summary>
internal static class PressEnterProgram
{
    /// <summary>The launch ends by its input.</summary>
    public static async Task<int> RunAsync()
    {
        await using var handle = await StartAsync("launch");
        Console.WriteLine(await handle.Completion);
        return 0;
    }

    /// <summary>The launch is stopped while it reads, and then the process reads.</summary>
    public static async Task<int> StopAsync()
    {
        await using var handle = await StartAsync("launch");
        Console.WriteLine(await handle.StopAsync());
        Console.WriteLine($"process {Console.ReadLine()}");
        return 0;
    }

    /// <summary>The first of two launches is stopped; the other reads the next line, and then the process reads.</summary>
    public static async Task<int> StopOneOfTwoAsync()
    {
        await using var first = await StartAsync("first");
        await using var second = await StartAsync("second");
        Console.WriteLine(await first.StopAsync());
        Console.WriteLine(await second.Completion);
        Console.WriteLine($"process {Console.ReadLine()}");
        return 0;
    }

    private static async Task<LaunchHandle> StartAsync(string name)
    {
        var isReading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handle = await Launcher.For(
            context =>
            {
                context.SignalReady();

                // Runs inside of the wait for the line.
                context.SynchronizationContext.Post(_ => isReading.SetResult(), null);
                var line = Console.ReadLine();
                Console.WriteLine($"{name} {line ?? "at the end"}");
            },
            options =>
            {
                options.Name = name;
                options.StopTimeout = TimeSpan.FromMinutes(5);
            }).StartAsync();
        await isReading.Task;
        Console.WriteLine($"{name} reads");
        return handle;
    }
}
