using System.Reflection;
using System.Runtime.CompilerServices;
using SafeLaunch.Supervision;

namespace SafeLaunch.AspNetCore.Tests;

/// <summary>Options that a caller keeps, and changes once their launcher has been made.</summary>
public sealed class KeptOptionsTests
{
    private const string Name = "TopLevelProgram";

    /// <summary>By the member that makes the change.</summary>
    private static readonly Dictionary<string, Action<ProgramOptions>> Changes = new(StringComparer.Ordinal)
    {
        [nameof(LaunchOptions.Name)] = options => options.Name = "changed",
        [nameof(LaunchOptions.StartTimeout)] = options => options.StartTimeout = TimeSpan.FromTicks(1),
        [nameof(LaunchOptions.StopTimeout)] = options => options.StopTimeout = TimeSpan.FromTicks(1),
        [nameof(LaunchOptions.InterruptAfter)] = options => options.InterruptAfter = TimeSpan.Zero,
        [nameof(LaunchOptions.BlockingWaits)] = options => options.BlockingWaits = BlockingWaitBehavior.Block,
        [nameof(LaunchOptions.UnservedWorkTimeout)] = options => options.UnservedWorkTimeout = TimeSpan.FromTicks(1),
        [nameof(LaunchOptions.UnhandledExceptions)] = options => options.UnhandledExceptions = UnhandledExceptionBehavior.Log,
        [nameof(LaunchOptions.FlowExecutionContext)] = options => options.FlowExecutionContext = true,
        [nameof(LaunchOptions.HandleSignals)] = options => options.HandleSignals = true,
        [nameof(LaunchOptions.RouteConsoleInput)] = options => options.RouteConsoleInput = false,
        [nameof(LaunchOptions.LoggerFactory)] = options => options.LoggerFactory = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
        [nameof(LaunchOptions.KeepLogLines)] = options => options.KeepLogLines = true,
        [nameof(LaunchOptions.Configuration)] = options => options.Configuration["Key"] = "changed",
        [nameof(LaunchOptions.ConfigureLaunchHost)] = options => options.ConfigureLaunchHost(_ => { }),
        [nameof(LaunchOptions.ConfigureAppHost)] = options => options.ConfigureAppHost(_ => { }),
        [nameof(LaunchOptions.ConfigureServices)] = options => options.ConfigureServices(_ => { }),
        [nameof(LaunchOptions.OnAppHostStarted)] = options => options.OnAppHostStarted((_, _) => { }),
        [nameof(LaunchOptions.ReadyWhen)] = options => options.ReadyWhen((_, _) => Task.CompletedTask),
        [nameof(LaunchOptions.StopWith)] = options => options.StopWith(_ => Task.CompletedTask),
        [nameof(ProgramOptions.Args)] = options => options.Args.Add("changed"),
        [nameof(ProgramOptions.Environment)] = options => options.Environment = "changed",
        [nameof(ProgramOptions.ContentRoot)] = options => options.ContentRoot = "/",
        [nameof(ProgramOptions.PassHostArguments)] = options => options.PassHostArguments = false,
        [nameof(ProgramOptions.SetEntryAssembly)] = options => options.SetEntryAssembly = true,
        [nameof(WebLaunchOptionsExtensions.UseLoopback)] = options => options.UseLoopback(),
        [nameof(WebLaunchOptionsExtensions.UseUrls)] = options => options.UseUrls("http://127.0.0.2:0"),
        [nameof(WebLaunchOptionsExtensions.ReportAddresses)] = options => options.ReportAddresses(),
        [nameof(UnixSocketExtensions.UseUnixSocket)] = options => options.UseUnixSocket("/tmp/changed.sock"),
        [nameof(AccessGuardExtensions.GuardAccess)] = options => options.GuardAccess(guard => guard.AllowedHosts.Add("evil.test")),
        [nameof(AccessGuardExtensions.AllowAnyAccess)] = options => options.AllowAnyAccess(),
    };

    private static readonly Action<AccessGuardOptions>[] GuardChanges =
    [
        guard => guard.AllowedHosts.Clear(),
        guard => guard.AllowedOrigins.Clear(),
        guard => guard.Exempt.Clear(),
        guard => guard.RequireToken = false,
    ];

    private static IEnumerable<TestCaseData> Starts() =>
        from change in Changes
        from start in new Dictionary<string, Action<ProgramOptions>>(StringComparer.Ordinal)
        {
            ["of a program"] = _ => { },
            ["that are reported"] = options => options.ReportAddresses(),
            ["that are guarded"] = options => options.UseUrls("http://127.0.0.1:0").GuardAccess(guard => guard.RequireToken = true),
            ["that are open"] = options => options.UseLoopback().AllowAnyAccess(),
        }
        select new TestCaseData(start.Value, change.Value).SetArgDisplayNames(start.Key, change.Key);

    [TestCaseSource(nameof(Starts))]
    public void A_change_of_kept_options_does_not_reach_their_launcher(Action<ProgramOptions> configure, Action<ProgramOptions> change)
    {
        ProgramOptions kept = null!;
        var launcher = Launcher.ForProgram(Name, options =>
        {
            configure(options);
            kept = options;
        });
        var before = StateOf(launcher);

        change(kept);

        Assert.That(StateOf(launcher), Is.EqualTo(before));
    }

    [Test]
    public void A_change_of_a_kept_guard_does_not_reach_its_launcher([Range(0, 3)] int change)
    {
        AccessGuardOptions kept = null!;
        var launcher = Launcher.For(() => { }, options => options.UseLoopback().GuardAccess(guard =>
        {
            kept = guard;
            guard.AllowedHosts.Add("shop.test");
            guard.AllowedOrigins.Add("http://shop.test");
            guard.Exempt.Add("/health");
            guard.RequireToken = true;
        }));
        var before = StateOf(launcher);

        GuardChanges[change](kept);

        Assert.That(StateOf(launcher), Is.EqualTo(before));
    }

    [Test]
    public void Every_public_member_that_changes_options_is_among_the_changes() =>
        Assert.That(Changes.Keys, Is.EquivalentTo(MembersThatChangeOptions().Distinct(StringComparer.Ordinal)));

    [Test]
    public void Every_public_member_that_changes_a_guard_is_among_the_changes() =>
        Assert.That(GuardChanges, Has.Length.EqualTo(typeof(AccessGuardOptions).GetProperties().Length));

    [Test]
    public async Task A_launch_and_the_next_one_keep_guard_addresses_and_name_where_their_options_are_changed_meanwhile()
    {
        LaunchOptions options = null!;
        AccessGuardOptions guard = null!;
        var launcher = Launcher.For(() => WebHosts.With().Run(), it =>
        {
            options = it.UseLoopback().GuardAccess(its =>
            {
                guard = its;
                its.RequireToken = true;
            });
            it.Name = "guarded";
        });
        await using var running = await launcher.StartAsync().Within();

        guard.RequireToken = false;
        guard.AllowedHosts.Add("evil.test");
        options.UseUrls("http://127.0.0.2:0").AllowAnyAccess().Name = "changed";
        await using var next = await launcher.StartAsync().Within();

        foreach (var handle in new[] { running, next })
        {
            using var client = handle.CreateClient();
            Assert.That(handle.Name, Is.EqualTo("guarded"));
            Assert.That(handle.Address.Host, Is.EqualTo("127.0.0.1"));
            Assert.That(handle.GetAccessToken(), Is.Not.Null.And.EqualTo(running.GetAccessToken()));
            Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
            Assert.That(await StatusAsync(handle, "localhost"), Is.EqualTo(401));
            Assert.That(await StatusAsync(handle, "evil.test"), Is.EqualTo(421));
        }
    }

    private static async Task<int> StatusAsync(LaunchHandle handle, string host) =>
        (await RawRequest.SendAsync(handle.Address, "GET / HTTP/1.1", $"Host: {host}", "Connection: close")).Status;

    private static IEnumerable<string> MembersThatChangeOptions()
    {
        foreach (var property in typeof(ProgramOptions).GetProperties())
        {
            yield return property.Name;
        }

        foreach (var method in typeof(ProgramOptions).GetMethods().Where(method => method.ReturnType == typeof(LaunchOptions)))
        {
            yield return method.Name;
        }

        Assembly[] packages = [typeof(LaunchOptions).Assembly, typeof(WebLaunchOptionsExtensions).Assembly, typeof(LaunchBuilder).Assembly];
        foreach (var method in packages.SelectMany(package => package.GetExportedTypes()).SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static)))
        {
            if (method.IsDefined(typeof(ExtensionAttribute)) && typeof(LaunchOptions).IsAssignableFrom(method.GetParameters()[0].ParameterType))
            {
                yield return method.Name;
            }
        }
    }

    private static string[] StateOf(Launcher launcher)
    {
        var state = new ObjectState();
        state.Add("options", ((LaunchSource)launcher.Source).Options);
        return [.. state.Lines];
    }
}
