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
            Refused(() => Launcher.For((Action)null!));
            Refused(() => Launcher.For((Action<LaunchContext>)null!));
            Refused(() => Launcher.For((Func<object?>)null!));
            Refused(() => Launcher.For((Func<LaunchContext, object?>)null!));
            Refused(() => Launcher.For((Func<Task<int>>)null!));
            Refused(() => Launcher.For((Func<LaunchContext, Task<int>>)null!));
            Refused(() => Launcher.For((Func<Task>)null!));
            Refused(() => Launcher.For((Func<LaunchContext, Task>)null!));
        });

        static void Refused(Action make) => Assert.That(make, Throws.ArgumentNullException.With.Property("ParamName").EqualTo("launch"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" \t")]
    public void A_name_must_not_be_blank(string? name) => RefusedOption(options => options.Name = name!, nameof(LaunchOptions.Name));

    [TestCase(0)]
    [TestCase(-5)]
    [TestCase((double)int.MaxValue + 1)]
    [TestCase(1e12)]
    public void A_StartTimeout_must_be_in_its_range(double milliseconds) =>
        RefusedOption(options => options.StartTimeout = TimeSpan.FromMilliseconds(milliseconds), nameof(LaunchOptions.StartTimeout));

    [TestCase(0)]
    [TestCase(-5)]
    [TestCase((double)int.MaxValue + 1)]
    [TestCase(1e12)]
    public void An_UnservedWorkTimeout_must_be_in_its_range(double milliseconds) =>
        RefusedOption(options => options.UnservedWorkTimeout = TimeSpan.FromMilliseconds(milliseconds), nameof(LaunchOptions.UnservedWorkTimeout));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase((double)int.MaxValue + 1)]
    [TestCase(1e12)]
    public void A_StopTimeout_must_be_in_its_range(double milliseconds) =>
        RefusedOption(options => options.StopTimeout = TimeSpan.FromMilliseconds(milliseconds), nameof(LaunchOptions.StopTimeout));

    [Test]
    public void The_longest_time_outs_are_allowed()
    {
        var longest = TimeSpan.FromMilliseconds(int.MaxValue);
        using var handle = Launcher.For(TestLaunch.UntilStopped, options =>
        {
            options.StartTimeout = longest;
            options.StopTimeout = longest;
        }).Start();

        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(handle.Stop().Exception, Is.Null);
    }

    [Test]
    public void An_enum_must_have_one_of_its_values()
    {
        RefusedOption(options => options.BlockingWaits = (BlockingWaitBehavior)7, nameof(LaunchOptions.BlockingWaits));
        RefusedOption(options => options.UnhandledExceptions = (UnhandledExceptionBehavior)(-1), nameof(LaunchOptions.UnhandledExceptions));
    }

    [Test]
    public void Bad_options_are_refused_at_the_call_of_Launcher_For()
    {
        var hasBegun = false;
        Action<LaunchOptions> bad = options =>
        {
            options.Name = "";
            options.ConfigureLaunchHost(_ => hasBegun = true);
        };

        Assert.That(() => Launcher.For(() => { hasBegun = true; }, bad).Start(), Throws.ArgumentException);
        Assert.That(() => _ = Launcher.For(() => { hasBegun = true; }, bad).StartAsync(), Throws.ArgumentException);
        Assert.That(hasBegun, Is.False);
    }

    [Test]
    public void A_program_must_have_an_entry_point()
    {
        Assert.That(() => Launcher.ForProgram((Assembly)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("program"));
        Assert.That(() => Launcher.ForProgram((string)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("name"));
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
    public void A_port_outside_of_1_to_65535_is_refused(int port) =>
        Assert.That(() => Ready.Tcp(port), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("from 1 to 65535"));

    [TestCase(1)]
    [TestCase(65535)]
    public void Ready_Tcp_accepts_the_ports_1_and_65535(int port) => Assert.That(Ready.Tcp(port), Is.Not.Null);

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
            TestLaunch.StartError(context => context.SignalReady(new Uri("http://good/"), new Uri("/bad", UriKind.Relative)), options => options.Name = "lost"),
            Is.TypeOf<ArgumentException>().With.Message.Contains("'lost'"));

        using var handle = Launcher.For(context =>
        {
            Assert.Catch(() => context.SignalReady(new Uri("http://good/"), null!));
        }).Start();
        Assert.That(handle.Addresses, Is.Empty);
    }

    [Test]
    public void Each_method_of_the_options_needs_a_delegate()
    {
        Assert.Multiple(() =>
        {
            Refused(options => options.ConfigureLaunchHost(null!), "configure");
            Refused(options => options.ConfigureAppHost(null!), "configure");
            Refused(options => options.ConfigureServices(null!), "configure");
            Refused(options => options.OnAppHostStarted(null!), "callback");
            Refused(options => options.ReadyWhen(null!), "probe");
            Refused(options => options.StopWith(null!), "stop");
        });

        static void Refused(Func<LaunchOptions, LaunchOptions> add, string parameter) =>
            Assert.That(() => Launcher.For(() => { }, options => add(options)), Throws.ArgumentNullException.With.Property("ParamName").EqualTo(parameter));
    }

    [Test]
    public void InvokeAsync_needs_something_to_invoke()
    {
        using var handle = Launcher.For(() => { }).Start();

        Assert.That(() => _ = handle.InvokeAsync((Action)null!), Throws.ArgumentNullException);
        Assert.That(() => _ = handle.InvokeAsync((Func<int>)null!), Throws.ArgumentNullException);
        Assert.That(() => _ = handle.InvokeAsync((Func<Task>)null!), Throws.ArgumentNullException);
        Assert.That(() => _ = handle.InvokeAsync((Func<Task<int>>)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void InvokeAsync_and_Send_refuse_an_ended_launch_and_name_it()
    {
        var handle = Launcher.For(() => { }, options => options.Name = "ended").Start();
        handle.Dispose();
        var hasRun = false;

        Assert.Multiple(() =>
        {
            Refused(() => _ = handle.InvokeAsync(() => { hasRun = true; }));
            Refused(() => _ = handle.InvokeAsync(() => hasRun = true));
            Refused(() => _ = handle.InvokeAsync(() => Task.FromResult(hasRun = true)));
            Refused(() => _ = handle.InvokeAsync(() => (Task)Task.FromResult(hasRun = true)));
            Refused(() => handle.SynchronizationContext.Send(_ => hasRun = true, null));
            Refused(() => _ = handle.LaunchServices);
            Refused(() => _ = handle.Services);
        });
        Assert.That(hasRun, Is.False);

        static void Refused(Action use) => Assert.That(use, Throws.TypeOf<LaunchException>().With.Message.Contains("'ended'"));
    }

    [Test]
    public void The_members_of_a_handle_can_be_used_after_the_end_of_the_launch()
    {
        var address = new Uri("http://localhost:1/");
        var handle = Launcher.For(context => { context.SignalReady(address); }, options => options.Name = "ended").Start();
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
    public async Task An_exception_of_an_invocation_goes_to_its_caller_alone()
    {
        var error = new InvalidOperationException();
        await using var handle = Launcher.For(() => { }).Start();

        Assert.That(Assert.CatchAsync(() => handle.InvokeAsync((Action)(() => throw error)).Within()), Is.SameAs(error));
        Assert.That(Assert.CatchAsync(() => handle.InvokeAsync((Func<Task>)(() => Task.FromException(error))).Within()), Is.SameAs(error));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    private static void RefusedOption(Action<LaunchOptions> configure, string property)
    {
        Assert.That(
            () => Launcher.For(() => { }, configure),
            Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("configure").And.Message.Contains(property));
    }
}
