namespace SafeLaunch.Tests.ConsoleInput;

/// <summary>What a launch, another launch and the rest of the process read from one console.</summary>
[NonParallelizable]
public sealed class ConsoleInputTests
{
    /// <summary>None of these stops may need it.</summary>
    private static readonly TimeSpan LongStop = TimeSpan.FromMinutes(5);

    private TextReader before = TextReader.Null;
    private TypedInput console = new();

    [SetUp]
    public void Type_on_a_console_of_this_test()
    {
        this.before = Console.In;
        this.console = new();
        Console.SetIn(this.console);
    }

    [TearDown]
    public void Put_the_console_back()
    {
        this.console.End();
        Console.SetIn(this.before);
    }

    [Test]
    public async Task A_program_that_waits_for_Enter_stops_by_its_own_code()
    {
        string? line = "not read";
        var handle = await this.StartReadingAsync(() => line = Console.ReadLine());

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(line, Is.Null);
    }

    private static IEnumerable<TestCaseData> Reads()
    {
        yield return Case("Read", reader => reader.Read());
        yield return Case("Peek", reader => reader.Peek());
        yield return Case("Read of a buffer", reader => reader.Read(new char[3], 0, 3));
        yield return Case("ReadBlock", reader => reader.ReadBlock(new char[3], 0, 3));
        yield return Case("ReadLine", reader => reader.ReadLine());
        yield return Case("ReadToEnd", reader => reader.ReadToEnd());
        yield return Case("ReadAsync", reader => reader.ReadAsync(new char[3], 0, 3).GetAwaiter().GetResult());
        yield return Case("ReadLineAsync", reader => reader.ReadLineAsync().GetAwaiter().GetResult());
        yield return Case("ReadToEndAsync", reader => reader.ReadToEndAsync().GetAwaiter().GetResult());

        static TestCaseData Case(string name, Func<TextReader, object?> read) => new TestCaseData(read).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Reads))]
    public async Task Every_read_of_a_launch_ends_at_its_stop_as_at_the_end_of_the_input(Func<TextReader, object?> read)
    {
        object? result = "not read";
        var handle = await this.StartReadingAsync(() => result = read(Console.In));

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(result, Is.EqualTo(read(TextReader.Null)));
    }

    [TestCaseSource(nameof(Reads))]
    public async Task Every_read_of_a_launch_gets_what_the_reader_of_the_process_gives(Func<TextReader, object?> read)
    {
        const string Typed = "one\ntwo\n";
        this.console.Type(Typed);
        this.console.End();
        object? result = "not read";
        await using var handle = await Launcher.For(() => { result = read(Console.In); }).StartAsync().Within();

        Assert.That(result, Is.EqualTo(read(new StringReader(Typed))));
    }

    [Test]
    public async Task Reads_of_different_kinds_lose_no_character_between_them()
    {
        var read = new List<object?>();
        this.console.Type("one\ntwo\nthree\nfour");
        this.console.End();
        await using var handle = await Launcher.For(() =>
        {
            var buffer = new char[2];
            read.Add((char)Console.In.Peek());
            read.Add((char)Console.Read());
            read.Add(Console.ReadLine());
            read.Add(Console.In.Read(buffer, 0, 2));
            read.Add(new string(buffer));
            read.Add(Console.ReadLine());
            read.Add(Console.ReadLine());
            read.Add(Console.In.ReadToEnd());
            read.Add(Console.ReadLine());
        }).StartAsync().Within();

        Assert.That(read, Is.EqualTo(new object?[] { 'o', 'o', "ne", 2, "tw", "o", "three", "four", null }));
    }

    [Test]
    public async Task A_launch_reads_on_while_another_reading_launch_is_stopped()
    {
        string? line = null;
        var first = await this.StartReadingAsync(() => Console.ReadLine());
        var second = await Launcher.For(context =>
        {
            context.SignalReady();
            line = Console.ReadLine();
        }).StartAsync().Within();

        await first.StopAsync().Within();
        this.console.Type("for the second\n");
        var outcome = await second.EndAsync();

        Assert.That(line, Is.EqualTo("for the second"));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_line_goes_to_the_process_once_the_launch_that_asked_before_is_stopped()
    {
        var handle = await this.StartReadingAsync(() => Console.ReadLine());
        var line = Task.Run(Console.ReadLine);

        await handle.StopAsync().Within();
        this.console.Type("for the process\n");

        Assert.That(await line.Within(), Is.EqualTo("for the process"));
    }

    [Test]
    public async Task A_line_that_comes_when_its_launch_has_gone_is_kept_for_the_next_read()
    {
        var handle = await this.StartReadingAsync(() => Console.ReadLine());
        await handle.StopAsync().Within();

        this.console.Type("kept\n");
        this.console.Type("next\n");
        var first = await Task.Run(Console.Read).Within();
        var rest = await Task.Run(Console.ReadLine).Within();
        var next = await Task.Run(Console.ReadLine).Within();

        Assert.That(((char)first, rest, next), Is.EqualTo(('k', "ept", "next")));
    }

    [Test]
    public async Task The_process_reads_its_lines_while_a_launch_runs()
    {
        await using var handle = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();
        this.console.Type("for the process\n");

        Assert.That(await Task.Run(Console.ReadLine).Within(), Is.EqualTo("for the process"));
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_read_that_blocks_the_launch_thread_serves_the_queue()
    {
        string? inner = null, outer = null;
        await using var handle = await this.StartReadingAsync(() => outer = Console.ReadLine());

        Assert.That(await handle.InvokeAsync(() => "served").Within(), Is.EqualTo("served"));

        // A read inside of the wait of another read, which must not be over before.
        var hasBegun = Gate.NewSource();
        var nested = handle.InvokeAsync(() =>
        {
            hasBegun.SetResult();
            inner = Console.ReadLine();
        });
        await hasBegun.Task.Within();
        this.console.Type("first\nsecond\n");
        await nested.Within();
        await handle.EndAsync();

        Assert.That((outer, inner), Is.EqualTo(("first", "second")));
    }

    [Test]
    public async Task An_exception_of_the_reader_of_the_process_is_thrown_in_the_launch()
    {
        var error = new IOException("unplugged");
        this.console.Error = error;
        await using var handle = await Launcher.For(context =>
        {
            context.SignalReady();
            Console.ReadLine();
        }).StartAsync().Within();

        Assert.That((await handle.EndAsync()).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task The_reader_of_the_process_is_back_when_the_last_launch_has_ended()
    {
        var own = Console.In;
        var first = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();
        var second = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();
        await first.StopAsync().Within();
        Assert.That(Console.In, Is.Not.SameAs(own));

        await second.StopAsync().Within();

        Assert.That(Console.In, Is.SameAs(own));
    }

    [Test]
    public async Task A_reader_that_the_process_sets_while_a_launch_runs_stays()
    {
        var handle = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();
        Console.SetIn(new StringReader("its own\n"));
        var own = Console.In;
        await handle.StopAsync().Within();

        Assert.That(Console.In, Is.SameAs(own));
        Assert.That(Console.ReadLine(), Is.EqualTo("its own"));
    }

    [Test]
    public async Task A_launch_that_reads_through_the_reader_of_a_later_launch_stops()
    {
        var later = new TypedInput();
        using var read = new ManualResetEventSlim();
        var first = await Launcher.For(
            context =>
            {
                context.SignalReady();
                read.Pass();
                Console.ReadLine();
            },
            options => options.StopTimeout = LongStop).StartAsync().Within();
        Console.SetIn(later);
        var second = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();
        read.Set();
        later.WaitUntilRead();

        Assert.That((await first.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        later.End();
        await second.StopAsync().Within();
    }

    [Test]
    public async Task A_flow_of_a_launch_that_has_ended_reads_the_end_of_the_input()
    {
        using var ended = new ManualResetEventSlim();
        await using var running = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();
        Task<string?>? late = null;
        var handle = await Launcher.For(() =>
        {
            late = Task.Run(() =>
            {
                ended.Pass();
                return Console.ReadLine();
            });
        }).StartAsync().Within();
        await handle.StopAsync().Within();
        ended.Set();

        Assert.That(await late!.Within(), Is.Null);
    }

    [Test]
    public async Task A_launch_that_routes_no_input_leaves_the_reader_of_the_process_as_it_is()
    {
        var own = Console.In;
        await using var handle = await Launcher.For(TestLaunch.UntilStopped, options => options.RouteConsoleInput = false).StartAsync().Within();

        Assert.That(Console.In, Is.SameAs(own));
    }

    [Test]
    public async Task A_launch_that_routes_no_input_reads_as_the_process_does()
    {
        await using var routing = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();
        string? line = null;
        await using var handle = await this.StartReadingAsync(() => line = Console.ReadLine(), routes: false);

        handle.RequestStop();
        this.console.Type("read\n");
        await handle.EndAsync();

        Assert.That(line, Is.EqualTo("read"));
    }

    /// <summary>Started, and it reads.</summary>
    private async Task<LaunchHandle> StartReadingAsync(Action read, bool routes = true)
    {
        var handle = await Launcher.For(
            context =>
            {
                context.SignalReady();
                read();
            },
            options =>
            {
                options.StopTimeout = LongStop;
                options.RouteConsoleInput = routes;
            }).StartAsync().Within();
        this.console.WaitUntilRead();
        return handle;
    }
}
