namespace SafeLaunch.Processes.Tests.Children;

/// <summary>The start of child launches.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StartTests
{
    [Test]
    public async Task A_static_method_is_launched_in_a_process_of_its_own()
    {
        await using var server = await ChildServer.StartAsync();

        Assert.That(await server.GetAsync("/"), Is.EqualTo("served"));
        Assert.That(await server.ProcessAsync(), Is.Not.EqualTo(Environment.ProcessId));
        Assert.That(server.Handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task A_lambda_that_captures_nothing_is_launched_in_a_child_process()
    {
        await using var handle = await Launcher.For(context =>
        {
            context.SignalReady(new Uri($"process://{Environment.ProcessId}/"));
            context.Stopping.WaitHandle.WaitOne();
        }).InChildProcess().StartAsync().Within();

        Assert.That(handle.Address.Host, Is.Not.EqualTo($"{Environment.ProcessId}"));
    }

    [Test]
    public async Task An_asynchronous_method_is_launched_in_a_child_process()
    {
        await using var handle = await Launcher.For(ChildCode.ServeAsync, options => options.UseLoopback()).InChildProcess().StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("served"));
    }

    [Test]
    public async Task The_exception_of_a_failed_start_has_the_type_the_message_and_the_stack_of_the_child()
    {
        var error = await Launcher.For(ChildCode.Throw).InChildProcess().StartErrorAsync();

        Assert.That(error, Is.InstanceOf<ChildException>());
        Assert.That(((ChildException)error).TypeName, Is.EqualTo("System.InvalidOperationException"));
        Assert.That(error.Message, Is.EqualTo("System.InvalidOperationException: The shop is closed."));
        Assert.That(error.StackTrace, Does.Contain($"{nameof(ChildCode)}.{nameof(ChildCode.Throw)}"));
        Assert.That((error.InnerException as ChildException)?.TypeName, Is.EqualTo("System.IO.FileNotFoundException"));
    }

    [Test]
    public async Task A_failed_start_with_very_long_and_very_many_exceptions_has_the_outer_ones()
    {
        var error = await Launcher.For(ChildCode.ThrowVeryMuch).InChildProcess().StartErrorAsync();

        Assert.That(error.Message, Is.EqualTo("System.InvalidOperationException: Failure 999."));
        Assert.That(error.InnerException?.Message, Is.EqualTo("System.InvalidOperationException: Failure 998."));
    }

    [Test]
    public async Task A_start_that_ends_with_an_exit_code_fails_with_the_message_of_any_launch()
    {
        var error = await Launcher.For(ChildCode.ExitCode, options => options.Name = "shop").InChildProcess().StartErrorAsync();

        Assert.That(error, Is.InstanceOf<LaunchException>());
        Assert.That(error.Message, Does.StartWith("Launch 'shop': its delegate returned exit code 3."));
    }

    [Test]
    public async Task A_child_that_exits_before_it_is_ready_gets_no_remedy_for_programs_that_are_no_child()
    {
        var error = await Launcher.For(ChildCode.Exit).InChildProcess().StartErrorAsync();

        Assert.That(error.Message, Does.Contain("ended with exit code 3, before it was ready. It has printed nothing."));
    }

    [Test]
    public async Task A_cancelled_start_kills_the_child_process()
    {
        using var start = new CancellationTokenSource();
        using var log = new LogRecorder();
        var starting = Launcher.For(ChildCode.SayThatItIsDeaf, options => options.LoggerFactory = log.Factory).InChildProcess().StartAsync(start.Token);
        var child = await log.WaitForProcessAsync();

        await start.CancelAsync();

        Assert.That(async () => await starting.Within(), Throws.InstanceOf<OperationCanceledException>());
        await ProcessTable.IsGoneAsync(child);
    }

    [Test]
    public async Task A_program_that_this_process_references_is_launched_in_a_child_process_as_itself()
    {
        await using var handle = await Launcher.ForProgram<ShopProgram.Closing>(options => options.UseLoopback().Configuration["Early"] = "bread").InChildProcess().StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(await client.GetStringAsync("/early").Within(), Is.EqualTo("bread"));
        Assert.That(await client.GetStringAsync("/content-root").Within(), Is.EqualTo(Repository.PathOf("tests/assets/Programs/ShopProgram")));
    }

    [TestCase("ShopProgram.dll")]
    [TestCase("ShopProgram")]
    public async Task A_program_that_knows_nothing_of_SafeLaunch_is_launched_by_its_path(string file)
    {
        var path = Path.Combine(Repository.OutputOf("tests/assets/Programs/ShopProgram"), file);
        await using var handle = await ChildProcess.ForProgram(path, options =>
        {
            options.UseLoopback();
            options.Args.Add("--Early=milk");
            options.Environment = "Night";
        }).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(handle.Name, Is.EqualTo("ShopProgram"));
        Assert.That(await client.GetStringAsync("/early").Within(), Is.EqualTo("milk"));
        Assert.That(await client.GetStringAsync("/environment").Within(), Is.EqualTo("Night"));
    }

    [Test]
    public async Task A_program_by_its_path_is_launched_in_a_child_process_too()
    {
        var path = Path.Combine(Repository.OutputOf("tests/assets/Programs/ShopProgram"), "ShopProgram.dll");
        await using var handle = await Launcher.ForProgram(path, options =>
        {
            options.UseLoopback();
            options.Args.Add("--Early=milk");
        }).InChildProcess().StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(handle.Name, Is.EqualTo("ShopProgram"));
        Assert.That(await client.GetStringAsync("/early").Within(), Is.EqualTo("milk"));
        Assert.That(handle.Hosts, Is.Empty);
    }

    [Test]
    public async Task The_failure_of_a_program_is_that_of_its_Main()
    {
        var path = Path.Combine(Repository.OutputOf("tests/assets/Programs/ShopProgram"), "ShopProgram.dll");

        var error = await ChildProcess.ForProgram(path, options => options.UseLoopback().Configuration["Failure"] = "No bread today.").StartErrorAsync();

        Assert.That(error.Message, Is.EqualTo("System.InvalidOperationException: No bread today."));
    }
}
