namespace SafeLaunch.Matrix.Tests;

/// <summary>"dotnet run app.cs", with the switches of native code that a file-based app has by default.</summary>
[NonParallelizable]
public sealed class FileBasedAppTests
{
    private const string Switches = """
        Console.WriteLine($"dynamic code {System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported}");
        """;

    private FileBasedApp app = null!;

    [OneTimeSetUp]
    public async Task Pack()
    {
        this.app = new();
        await this.app.PackAsync();
    }

    [OneTimeTearDown]
    public void Delete() => this.app.Dispose();

    [Test]
    public async Task A_file_based_app_launches_a_host_that_it_has_captured_and_is_served_while_that_blocks()
    {
        var run = await this.app.RunAsync("", "SafeLaunch", $$"""
            using Microsoft.Extensions.Hosting;
            using SafeLaunch;

            {{Switches}}
            using var host = new HostBuilder().Build();
            using var handle = Launcher.For(() => host.Run()).Start();
            var thread = await handle.InvokeAsync(() => Environment.CurrentManagedThreadId);
            var threadAfterAwait = await handle.InvokeAsync(async () =>
            {
                await Task.Yield();
                return Environment.CurrentManagedThreadId;
            });
            Console.WriteLine($"on its thread {thread == threadAfterAwait}");
            Console.WriteLine($"hosts {handle.Hosts.Count}");
            Console.WriteLine(handle.Stop());
            """);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(Lines(run), Is.EqualTo(new[] { "dynamic code False", "on its thread True", "hosts 1", "Stopped: It was asked to stop." }));
    }

    [Test]
    public async Task A_file_based_app_is_not_treated_as_native_code()
    {
        var run = await this.app.RunAsync("#:property NoWarn=IL2026", "SafeLaunch", $$"""
            using SafeLaunch;

            {{Switches}}
            try
            {
                Launcher.ForProgram("/missing.dll");
            }
            catch (FileNotFoundException e)
            {
                Console.WriteLine(e.Message);
            }
            """);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(Lines(run), Is.EqualTo(new[] { "dynamic code False", "There is no program '/missing.dll'. Build or publish it, and pass the path of its .dll." }));
    }

    [Test]
    public async Task A_file_based_app_launches_a_web_app_on_a_free_port()
    {
        var run = await this.app.RunAsync("#:sdk Microsoft.NET.Sdk.Web", "SafeLaunch.AspNetCore", $$"""
            using SafeLaunch;

            {{Switches}}
            using var handle = Launcher.For(
                () =>
                {
                    var builder = WebApplication.CreateSlimBuilder();
                    builder.Logging.ClearProviders();
                    var app = builder.Build();
                    app.MapGet("/", () => "Hello");
                    app.Run();
                },
                options => options.UseLoopback()).Start();
            using var client = handle.CreateClient();
            Console.WriteLine($"free port {handle.Address.Port is not 5000}");
            Console.WriteLine(await client.GetStringAsync("/"));
            Console.WriteLine(handle.Stop());
            """);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(Lines(run), Is.EqualTo(new[] { "dynamic code False", "free port True", "Hello", "Stopped: It was asked to stop." }));
    }

    private static string[] Lines(ChildProcessResult run) => run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
