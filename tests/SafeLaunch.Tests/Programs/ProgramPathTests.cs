using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>Programs that are launched by the path of their assembly, from a process without ASP.NET Core.</summary>
public sealed class ProgramPathTests
{
    private static readonly string Worker = Path.Combine(Repository.OutputOf("tests/assets/Programs/WorkerProgram"), "WorkerProgram.dll");

    [TestCase("Shop.dll", true)]
    [TestCase("Shop.EXE", true)]
    [TestCase("folder/Shop", true)]
    [TestCase("/Shop", true)]
    [TestCase("Shop", false)]
    [TestCase("Shop.Web", false)]
    public void A_name_with_a_folder_or_the_extension_of_a_program_is_a_path(string name, bool isPath) => Assert.That(ProgramPath.Is(name), Is.EqualTo(isPath));

    [Test]
    [NotOnMono(Mono.HasNoLoadContexts)]
    public void The_path_of_no_file_is_refused_in_full() =>
        Assert.That(
            () => Launcher.ForProgram("no-such/Shop.dll"),
            Throws.InstanceOf<FileNotFoundException>().With.Message.Contains($"no program '{Path.GetFullPath("no-such/Shop.dll")}'").And.Message.Contains("pass the path of its .dll"));

    [Test]
    [NotOnMono(Mono.HasNoLoadContexts)]
    public async Task A_host_of_a_program_that_brings_its_own_hosting_packages_is_detected()
    {
        using var log = new LogRecorder();
        var handle = await Launcher.ForProgram(Worker, options => options.LoggerFactory = log.Factory).StartAsync().Within();

        Assert.That(handle.Services.GetRequiredService<IHostEnvironment>().ApplicationName, Is.EqualTo("WorkerProgram"));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(SpinWait.SpinUntil(() => IsUnloaded(log), Gate.Patience), Is.True);
    }

    [Test]
    public void A_web_program_is_refused_and_the_message_names_the_framework_and_the_remedy()
    {
        var version = Mono.IsRunning ? "10.0" : Environment.Version.ToString(fieldCount: 2);
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).FullName;
        try
        {
            var program = Path.Combine(folder, "WebProgram.dll");
            File.Copy(typeof(CalledProgram.Program).Assembly.Location, program);
            File.WriteAllText(Path.ChangeExtension(program, ".runtimeconfig.json"), $$"""
                { "runtimeOptions": { "frameworks": [ { "name": "Microsoft.NETCore.App", "version": "{{version}}.0" }, { "name": "Microsoft.AspNetCore.App", "version": "{{version}}.0" } ] } }
                """);

            Assert.That(
                () => Launcher.ForProgram(program),
                Throws.InstanceOf<PlatformNotSupportedException>().With.Message.Contains(Mono.IsRunning ? "needs .NET 10" : $"Microsoft.AspNetCore.App {version}").And.Message.Contains("ChildProcess.ForProgram"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsUnloaded(LogRecorder log)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return log.Of(LogEvents.Unloaded).Count == 1;
    }
}
