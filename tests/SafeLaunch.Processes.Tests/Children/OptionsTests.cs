namespace SafeLaunch.Processes.Tests.Children;

/// <summary>The options of a launch, as its child process has them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OptionsTests
{
    /// <summary>The options that the child is not to have, and why.</summary>
    private static readonly Dictionary<string, string> OfTheParent = new(StringComparer.Ordinal)
    {
        [nameof(LaunchOptions.FlowExecutionContext)] = "An execution context cannot leave its process, and InChildProcess refuses the option.",
        [nameof(LaunchOptions.HandleSignals)] = "The parent gets the signals, and stops the child.",
        [nameof(LaunchOptions.LoggerFactory)] = "The parent has the loggers, and the child sends it their entries.",
        [nameof(LaunchOptions.KeepLogLines)] = "The parent keeps the lines, and the child sends them.",
    };

    [Test]
    public async Task Each_option_that_is_data_is_the_same_in_the_child_process()
    {
        using var log = new LogRecorder();
        Dictionary<string, string> set = [];
        await using var handle = await LaunchShop(
            options =>
            {
                SetData(options);
                set = OptionTexts.Of(options);
                options.LoggerFactory = log.Factory;
            },
            ChildCode.PrintOptions).StartAsync().Within();

        var line = await log.WaitForAsync(record => OptionTexts.IsLine(record.Message));

        Assert.That(DataIn(OptionTexts.Read(line.Message)), Is.EquivalentTo(DataIn(set)));
        Assert.That(DataIn(set).Intersect(DataIn(OptionTexts.Of(new ProgramOptions()))), Is.Empty, "a default does not show whether the child was told");
    }

    [Test]
    public async Task A_program_with_SetEntryAssembly_is_the_entry_assembly_of_a_child_process_that_runs_another_program()
    {
        using var log = new LogRecorder();
        await using var handle = await LaunchShop(
            options =>
            {
                options.SetEntryAssembly = true;
                options.LoggerFactory = log.Factory;
            },
            ChildCode.PrintEntryAssembly).StartAsync().Within();

        var line = await log.WaitForAsync(record => record.Message.StartsWith("entry assembly", StringComparison.Ordinal));

        Assert.That(line.Message, Is.EqualTo("entry assembly ShopProgram"));
    }

    /// <summary>The program of the child is this one, so that the launched program is another than that.</summary>
    private static Launcher LaunchShop(Action<ProgramOptions> configure, Action<LaunchOptions> configureInChild) =>
        Launcher.ForProgram<ShopProgram.Closing>(options =>
        {
            options.UseLoopback();
            configure(options);
        }).InChildProcess(child =>
        {
            child.Program = typeof(OptionsTests).Assembly.Location;
            child.ConfigureInChild(configureInChild);
        });

    private static void SetData(ProgramOptions options)
    {
        options.Name = "shop";
        options.StartTimeout = Timeout.InfiniteTimeSpan;
        options.StopTimeout = TimeSpan.FromSeconds(11);
        options.InterruptAfter = TimeSpan.FromSeconds(9);
        options.BlockingWaits = BlockingWaitBehavior.Block;
        options.UnservedWorkTimeout = TimeSpan.FromSeconds(7);
        options.UnhandledExceptions = UnhandledExceptionBehavior.Log;
        options.RouteConsoleInput = false;
        options.Configuration["Price"] = "4";
        options.Args.Add("--Early=milk");
        options.Environment = "Night";
        options.ContentRoot = "/usr";
        options.PassHostArguments = false;
        options.SetEntryAssembly = true;
    }

    private static IEnumerable<string> DataIn(Dictionary<string, string> options) =>
        options.Where(option => !OfTheParent.ContainsKey(option.Key)).Select(option => $"{option.Key} is '{option.Value}'");
}
