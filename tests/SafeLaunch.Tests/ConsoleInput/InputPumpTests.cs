using System.Runtime.CompilerServices;
using SafeLaunch.ConsoleInput;

namespace SafeLaunch.Tests.ConsoleInput;

/// <summary>How the reads of several callers share the one thread that reads the console.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InputPumpTests
{
    private readonly object gate = new();
    private readonly TypedInput console = new();
    private readonly TaskCompletionSource idle = Gate.NewSource();
    private readonly InputPump pump;

    public InputPumpTests() => this.pump = new(new StrongBox<TextReader>(this.console), () => this.gate, () => this.idle.TrySetResult());

    [TearDown]
    public void End_the_read_that_goes_on() => this.console.End();

    [Test]
    public async Task Input_is_idle_once_no_read_goes_on_and_no_text_waits_for_its_reader()
    {
        using var end = new CancellationTokenSource();
        var line = this.AskAsync(ReadRequest.Line(), end.Token);
        this.console.WaitUntilRead();
        Assert.That(this.IsIdle(), Is.False, "a caller waits");

        end.Cancel();
        Assert.That(await line.Within(), Is.Null);
        Assert.That(this.IsIdle(), Is.False, "the read goes on without its caller");

        this.console.Type("ab\n");
        Assert.That(await this.AskAsync(ReadRequest.Character(peeks: false)).Within(), Is.EqualTo("a"));
        Assert.That(this.IsIdle(), Is.False, "the rest of the line waits for a reader");

        Assert.That(await this.AskAsync(ReadRequest.Line()).Within(), Is.EqualTo("b" + Environment.NewLine));
        Assert.That(this.IsIdle(), Is.True);
    }

    [Test]
    public async Task A_read_that_comes_when_the_thread_has_ended_for_want_of_reads_starts_another()
    {
        this.console.Type("one\ntwo\n");
        var first = await this.AskAsync(ReadRequest.Line()).Within();
        await this.idle.Task.Within();

        var second = await this.AskAsync(ReadRequest.Line()).Within();

        Assert.That((first, second), Is.EqualTo(("one" + Environment.NewLine, "two" + Environment.NewLine)));
        Assert.That(this.console.Readers.Distinct().Count(), Is.EqualTo(2));
    }

    /// <summary>Their number is such that a short wait before each would be longer than patience.</summary>
    [Test]
    public async Task Many_reads_that_follow_one_another_wake_the_thread_each_time()
    {
        const int Many = 200;
        this.console.Type(string.Concat(Enumerable.Repeat("line\n", Many)));

        var lines = await Task.Run(() => Enumerable.Range(0, Many).Select(_ => this.pump.Ask(ReadRequest.Line(), CancellationToken.None)).ToArray()).Within();

        Assert.That(lines, Is.All.EqualTo("line" + Environment.NewLine));
    }

    [Test]
    public void Reads_of_several_callers_follow_one_another_on_one_background_thread()
    {
        var lines = new string?[3];
        var callers = new List<Thread>();
        for (var i = 0; i < lines.Length; i++)
        {
            var caller = i;
            callers.Add(TestLaunch.OnThread(() => lines[caller] = this.pump.Ask(ReadRequest.Line(), CancellationToken.None)));
            this.console.WaitUntilRead();
            callers[i].UntilResting();
        }

        var reader = this.console.Readers[0];
        Assert.That((reader.IsBackground, reader.Name), Is.EqualTo((true, "SafeLaunch console input")));

        this.console.Type("one\ntwo\nthree\n");
        callers.ForEach(caller => Assert.That(caller.Join(Gate.Patience), Is.True));

        Assert.That(lines, Is.EqualTo(new[] { "one" + Environment.NewLine, "two" + Environment.NewLine, "three" + Environment.NewLine }));
        Assert.That(this.console.Readers, Is.EqualTo(new[] { reader, reader, reader }));
    }

    [Test]
    public async Task Text_without_an_end_of_line_is_kept_when_its_reader_has_gone_and_the_input_ends()
    {
        using var end = new CancellationTokenSource();
        var characters = this.AskAsync(ReadRequest.Characters(3), end.Token);
        this.console.WaitUntilRead();
        end.Cancel();
        await characters.Within();
        this.console.Type("ab");

        using var endOfSecond = new CancellationTokenSource();
        var line = this.AskAsync(ReadRequest.Line(), endOfSecond.Token);
        this.console.WaitUntilRead(reads: 2);
        endOfSecond.Cancel();
        await line.Within();
        this.console.End();

        Assert.That(await this.AskAsync(ReadRequest.Line()).Within(), Is.EqualTo("ab"));
    }

    [TestCase(false, "12")]
    [TestCase(true, "23")]
    public async Task A_caller_that_is_interrupted_when_its_answer_has_come_leaves_the_answer_to_the_next_read(bool peeks, string left)
    {
        Exception? thrown = null;
        var request = ReadRequest.Character(peeks);
        var caller = TestLaunch.OnThread(() => thrown = Caught.By(() => this.pump.Ask(request, CancellationToken.None)));
        this.console.WaitUntilRead();
        lock (this.gate)
        {
            // The caller waits for this lock when it has been interrupted.
            caller.Interrupt();
            var text = "1";
            request.TryAnswerFrom(ref text);
        }

        Assert.That(caller.Join(Gate.Patience), Is.True);
        this.console.Type("23");
        var next = await this.AskAsync(ReadRequest.Character(peeks: false)).Within();
        var last = await this.AskAsync(ReadRequest.Character(peeks: false)).Within();

        Assert.That(thrown, Is.InstanceOf<ThreadInterruptedException>());
        Assert.That(next + last, Is.EqualTo(left));
    }

    private Task<string?> AskAsync(ReadRequest request, CancellationToken end = default) => Task.Run(() => this.pump.Ask(request, end), CancellationToken.None);

    private bool IsIdle()
    {
        var hasRun = false;
        var isIdle = this.pump.TryWhileIdle(() => hasRun = true);
        Assert.That(hasRun, Is.EqualTo(isIdle), "the action runs where the input is idle, and only there");
        return isIdle;
    }
}
