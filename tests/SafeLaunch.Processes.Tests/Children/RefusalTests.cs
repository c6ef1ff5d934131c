using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>The launches that cannot run in a child process, and their errors.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RefusalTests
{
    private readonly int field = 1;

    private static IEnumerable<TestCaseData<Action<LaunchOptions>>> OptionsWithCode() =>
    [
        Case(options => options.ConfigureServices(_ => { }), nameof(LaunchOptions.ConfigureServices)),
        Case(options => options.ConfigureAppHost(_ => { }), nameof(LaunchOptions.ConfigureAppHost)),
        Case(options => options.ConfigureLaunchHost(_ => { }), nameof(LaunchOptions.ConfigureLaunchHost)),
        Case(options => options.OnAppHostStarted((_, _) => { }), nameof(LaunchOptions.OnAppHostStarted)),
        Case(options => options.StopWith(_ => Task.CompletedTask), nameof(LaunchOptions.StopWith)),
        Case(options => options.ReadyWhen((_, _) => Task.CompletedTask), nameof(LaunchOptions.ReadyWhen)),
        Case(options => options.FlowExecutionContext = true, nameof(LaunchOptions.FlowExecutionContext)),
    ];

    [Test]
    public void A_lambda_that_captures_a_variable_is_refused_with_the_remedy()
    {
        var captured = new object();

        var error = Assert.Throws<ArgumentException>(() => Launcher.For(() => GC.KeepAlive(captured)).InChildProcess());

        Assert.That(error.Message, Does.Contain("captures variables").And.Contain("Pass a static method"));
    }

    [Test]
    public void A_method_of_an_object_is_refused() =>
        Assert.That(() => Launcher.For(this.UseField).InChildProcess(), Throws.ArgumentException.With.Message.Contain(nameof(RefusalTests)));

    [Test]
    public void A_generic_method_is_refused() =>
        Assert.That(() => Launcher.For(UseType<int>).InChildProcess(), Throws.ArgumentException.With.Message.Contain("is generic"));

    [TestCaseSource(nameof(OptionsWithCode))]
    public void An_option_that_holds_code_is_refused_by_its_name(Action<LaunchOptions> configure)
    {
        var option = (string)TestContext.CurrentContext.Test.Properties.Get("Option")!;

        Assert.That(
            () => Launcher.For(ChildCode.Serve, configure).InChildProcess(),
            Throws.ArgumentException.With.Message.Contain(option).And.Message.Contain(nameof(ChildProcessOptions.ConfigureInChild)));
    }

    [Test]
    public void Code_of_SafeLaunch_itself_is_not_refused() =>
        Assert.That(
            () => Launcher.For(ChildCode.Serve, options => options.UseLoopback().GuardAccess().ReportAddresses().ReadyWhen(Ready.Tcp(1))).InChildProcess(),
            Throws.Nothing);

    [Test]
    public void A_lambda_that_captures_a_variable_is_refused_by_ConfigureInChild()
    {
        var text = "Good morning.";

        Assert.That(
            () => Launcher.For(ChildCode.Serve).InChildProcess(child => child.ConfigureInChild(options => options.ConfigureServices(services => services.AddSingleton(text)))),
            Throws.ArgumentException.With.Message.Contain(nameof(ChildProcessOptions.ConfigureInChild)));
    }

    [Test]
    public void A_launch_that_runs_in_another_process_already_is_refused() =>
        Assert.That(() => Launcher.For(ChildCode.Serve).InChildProcess().InChildProcess(), Throws.ArgumentException);

    [Test]
    public void A_supervised_launch_is_refused_with_the_order_that_works() =>
        Assert.That(() => Launcher.For(ChildCode.Serve).Supervised().InChildProcess(), Throws.ArgumentException.With.Message.Contain("Supervised on its result"));

    [Test]
    public void A_program_that_does_not_exist_is_refused() =>
        Assert.That(() => ChildProcess.ForProgram("/no/such/Shop.dll"), Throws.ArgumentException.With.Message.Contain("/no/such/Shop.dll"));

    [Test]
    public void An_assembly_that_is_no_program_is_refused() =>
        Assert.That(() => ChildProcess.ForProgram(typeof(Launcher).Assembly.Location), Throws.ArgumentException.With.Message.Contain("runtimeconfig.json"));

    private static TestCaseData<Action<LaunchOptions>> Case(Action<LaunchOptions> configure, string option)
    {
        var testCase = new TestCaseData<Action<LaunchOptions>>(configure) { TestName = $"{{m}}({option})" };
        testCase.Properties.Add("Option", option);
        return testCase;
    }

    private static void UseType<T>() => GC.KeepAlive(typeof(T));

    private void UseField() => GC.KeepAlive(this.field);
}
