using System.Reflection;

namespace SafeLaunch.Tests;

/// <summary>The reaction of each public member to bad input, and of an ended launch to calls.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BadInputTests
{
    private static readonly Assembly Library = typeof(Launcher).Assembly;
    private static readonly Assembly AProgram = typeof(CalledProgram.Program).Assembly;

    [Test]
    public void A_launcher_needs_a_delegate()
    {
        Assert.Multiple(() =>
        {
            Refused(() => new Launcher((Action)null!));
            Refused(() => new Launcher((Action<LaunchContext>)null!));
            Refused(() => new Launcher((Func<object?>)null!));
            Refused(() => new Launcher((Func<LaunchContext, object?>)null!));
            Refused(() => new Launcher((Func<Task>)null!));
            Refused(() => new Launcher((Func<LaunchContext, Task>)null!));
        });

        static void Refused(Action make) => Assert.That(make, Throws.ArgumentNullException.With.Property("ParamName").EqualTo("launch"));
    }

    [Test]
    public void So_does_each_shortcut()
    {
        Assert.Multiple(() =>
        {
            Refused(() => Launcher.Start((Action)null!));
            Refused(() => Launcher.Start((Action<LaunchContext>)null!));
            Refused(() => Launcher.Start((Func<object?>)null!));
            Refused(() => Launcher.Start((Func<LaunchContext, object?>)null!));
            Refused(() => Launcher.Start((Func<Task>)null!));
            Refused(() => Launcher.Start((Func<LaunchContext, Task>)null!));
            Refused(() => _ = Launcher.StartAsync((Action)null!));
            Refused(() => _ = Launcher.StartAsync((Action<LaunchContext>)null!));
            Refused(() => _ = Launcher.StartAsync((Func<object?>)null!));
            Refused(() => _ = Launcher.StartAsync((Func<LaunchContext, object?>)null!));
            Refused(() => _ = Launcher.StartAsync((Func<Task>)null!));
            Refused(() => _ = Launcher.StartAsync((Func<LaunchContext, Task>)null!));
        });

        static void Refused(Action start) => Assert.That(start, Throws.ArgumentNullException.With.Property("ParamName").EqualTo("launch"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" \t")]
    public void A_name_must_not_be_blank(string? name) => RefusedOption(new() { Name = name! }, nameof(LaunchOptions.Name));

    [TestCase(0)]
    [TestCase(-5)]
    [TestCase((double)int.MaxValue + 1)]
    [TestCase(1e12)]
    public void A_StartTimeout_must_be_in_its_range(double milliseconds) =>
        RefusedOption(new() { StartTimeout = TimeSpan.FromMilliseconds(milliseconds) }, nameof(LaunchOptions.StartTimeout));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase((double)int.MaxValue + 1)]
    [TestCase(1e12)]
    public void A_StopTimeout_must_be_in_its_range(double milliseconds) =>
        RefusedOption(new() { StopTimeout = TimeSpan.FromMilliseconds(milliseconds) }, nameof(LaunchOptions.StopTimeout));

    [Test]
    public void The_longest_time_outs_are_allowed()
    {
        var longest = TimeSpan.FromMilliseconds(int.MaxValue);
        using var handle = Launcher.Start(TestLaunch.UntilStopped, new() { StartTimeout = longest, StopTimeout = longest });

        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(handle.Stop().Exception, Is.Null);
    }

    [Test]
    public void An_enum_must_have_one_of_its_values()
    {
        RefusedOption(new() { BlockingWaits = (BlockingWaits)7 }, nameof(LaunchOptions.BlockingWaits));
        RefusedOption(new() { UnhandledExceptions = (UnhandledExceptions)(-1) }, nameof(LaunchOptions.UnhandledExceptions));
    }

    [Test]
    public void Bad_options_are_refused_by_the_shortcuts_before_anything_is_started()
    {
        var hasBegun = false;
        var bad = new LaunchOptions { Name = "", ConfigureHost = _ => hasBegun = true };

        Assert.That(() => Launcher.Start(() => { hasBegun = true; }, bad), Throws.ArgumentException);
        Assert.That(() => _ = Launcher.StartAsync(() => { hasBegun = true; }, bad), Throws.ArgumentException);
        Assert.That(hasBegun, Is.False);
    }

    [Test]
    public void A_program_must_have_an_entry_point()
    {
        Assert.That(() => Launcher.ForProgram((Assembly)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("program"));
        Assert.That(
            () => Launcher.ForProgram(Library),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("program").And.Message.Contains("'SafeLaunch' has no entry point"));
    }

    [TestCase("a", null)]
    [TestCase(null, "a")]
    public void No_argument_of_a_program_may_be_null(string? first, string? second) =>
        Assert.That(
            () => Launcher.ForProgram(AProgram, options =>
            {
                options.Args.Add(first!);
                options.Args.Add(second!);
            }),
            Throws.ArgumentException.With.Message.Contains("is null"));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(65536)]
    public void A_port_must_be_one(int port) =>
        Assert.That(() => Ready.Tcp(port), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("from 1 to 65535"));

    [TestCase(1)]
    [TestCase(65535)]
    public void The_first_and_the_last_port_are_ports(int port) => Assert.That(Ready.Tcp(port), Is.Not.Null);

    [TestCase(null, "tcp")]
    [TestCase("localhost", null)]
    public void Ready_Tcp_takes_no_null(string? host, string? scheme) => Assert.That(() => Ready.Tcp(host!, 80, scheme!), Throws.ArgumentNullException);

    [TestCase("no host", "tcp", "'no host'")]
    [TestCase("localhost:80", "tcp", "'localhost:80'")]
    [TestCase("", "tcp", "''")]
    [TestCase("localhost", "no scheme", "'no scheme'")]
    [TestCase("localhost", "http://", "'http://'")]
    public void Ready_Tcp_takes_only_a_host_and_a_scheme(string host, string scheme, string named) =>
        Assert.That(() => Ready.Tcp(host, 80, scheme), Throws.ArgumentException.With.Message.Contains(named));

    [Test]
    public void Ready_All_takes_at_least_one_probe_and_no_null()
    {
        Assert.That(() => Ready.All(null!), Throws.ArgumentNullException);
        Assert.That(() => Ready.All(), Throws.ArgumentException);
        Assert.That(() => Ready.All(Ready.Tcp(80), null!), Throws.ArgumentException);
    }

    [Test]
    public void An_address_to_ask_must_be_absolute_and_http()
    {
        Assert.That(() => Ready.Http((Uri)null!), Throws.ArgumentNullException);
        Assert.That(() => Ready.Http((string)null!), Throws.ArgumentNullException);
        Assert.That(() => Ready.Http(new Uri("/health", UriKind.Relative)), Throws.ArgumentException);
        Assert.That(() => Ready.Http(new Uri("ftp://localhost/")), Throws.ArgumentException.With.Message.Contains("'ftp://localhost/' is not an absolute http or https address"));
        Assert.That(Ready.Http("https://localhost/"), Is.Not.Null);
        Assert.That(() => Ready.Http("not an address"), Throws.TypeOf<UriFormatException>());
        Assert.That(() => Ready.Http("http://localhost/", null!), Throws.ArgumentNullException);
    }

    [Test]
    public void SignalReady_takes_absolute_addresses_only_and_all_or_none()
    {
        Assert.That(TestLaunch.StartError(context => context.SignalReady(null!)), Is.TypeOf<ArgumentNullException>());
        Assert.That(TestLaunch.StartError(context => context.SignalReady([null!])), Is.TypeOf<ArgumentNullException>());
        Assert.That(
            TestLaunch.StartError(context => context.SignalReady(new Uri("http://good/"), new Uri("/bad", UriKind.Relative)), new() { Name = "lost" }),
            Is.TypeOf<ArgumentException>().With.Message.Contains("'lost'"));

        using var handle = Launcher.Start(context =>
        {
            Assert.Catch(() => context.SignalReady(new Uri("http://good/"), null!));
        });
        Assert.That(handle.Addresses, Is.Empty);
    }

    [Test]
    public void InvokeAsync_needs_something_to_invoke()
    {
        using var handle = Launcher.Start(() => { });

        Assert.That(() => _ = handle.InvokeAsync((Action)null!), Throws.ArgumentNullException);
        Assert.That(() => _ = handle.InvokeAsync((Func<int>)null!), Throws.ArgumentNullException);
        Assert.That(() => _ = handle.InvokeAsync((Func<Task>)null!), Throws.ArgumentNullException);
        Assert.That(() => _ = handle.InvokeAsync((Func<Task<int>>)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void InvokeAsync_and_Send_refuse_an_ended_launch_and_name_it()
    {
        var handle = Launcher.Start(() => { }, new() { Name = "ended" });
        handle.Dispose();
        var hasRun = false;

        Assert.Multiple(() =>
        {
            Refused(() => _ = handle.InvokeAsync(() => { hasRun = true; }));
            Refused(() => _ = handle.InvokeAsync(() => hasRun = true));
            Refused(() => _ = handle.InvokeAsync(() => Task.FromResult(hasRun = true)));
            Refused(() => _ = handle.InvokeAsync(() => (Task)Task.FromResult(hasRun = true)));
            Refused(() => handle.SynchronizationContext.Send(_ => hasRun = true, null));
            Refused(() => _ = handle.Services);
        });
        Assert.That(hasRun, Is.False);

        static void Refused(Action use) => Assert.That(use, Throws.TypeOf<LaunchException>().With.Message.Contains("'ended'"));
    }

    [Test]
    public void An_ended_handle_still_answers()
    {
        var address = new Uri("http://localhost:1/");
        var handle = Launcher.Start(context => { context.SignalReady(address); }, new() { Name = "ended" });
        handle.Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(handle.Name, Is.EqualTo("ended"));
            Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
            Assert.That(handle.Address, Is.EqualTo(address));
            Assert.That(handle.Hosts, Is.Empty);
            Assert.That(handle.Stopping.IsCancellationRequested, Is.True);
            Assert.That(handle.Completion.IsCompletedSuccessfully, Is.True);
            Assert.That(handle.RequestStop, Throws.Nothing);
            Assert.That(handle.Dispose, Throws.Nothing);
        });
    }

    [Test]
    public async Task What_an_invocation_throws_is_its_callers_alone()
    {
        var error = new InvalidOperationException();
        await using var handle = Launcher.Start(() => { });

        Assert.That(Assert.CatchAsync(() => handle.InvokeAsync((Action)(() => throw error)).Within()), Is.SameAs(error));
        Assert.That(Assert.CatchAsync(() => handle.InvokeAsync((Func<Task>)(() => Task.FromException(error))).Within()), Is.SameAs(error));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    private static void RefusedOption(LaunchOptions options, string property)
    {
        Assert.That(
            () => new Launcher(() => { }, options),
            Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("options").And.Message.Contains(property));
    }
}
