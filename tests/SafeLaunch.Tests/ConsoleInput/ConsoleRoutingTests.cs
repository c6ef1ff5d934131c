using System.Runtime.CompilerServices;
using SafeLaunch.ConsoleInput;

namespace SafeLaunch.Tests.ConsoleInput;

/// <summary>Readers that replace one another, as where plugins bring several copies of the library.</summary>
[NonParallelizable]
public sealed class ConsoleRoutingTests
{
    private TextReader before = TextReader.Null;
    private TypedInput console = new();

    private StrongBox<TextReader>[] others = [];

    /// <summary>The readers that this test has replaced. Launches that other tests have abandoned may have replaced some, too.</summary>
    private StrongBox<TextReader>[] Replaced => [.. AllReplaced().Except(this.others)];

    [SetUp]
    public void Type_on_a_console_of_this_test()
    {
        this.others = AllReplaced();
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
    public async Task A_copy_that_ends_before_a_later_one_takes_its_reader_out_of_the_chain()
    {
        var own = Console.In;
        var earlier = new ConsoleRouting().Begin()!;
        var later = new ConsoleRouting().Begin()!;
        Assert.That(this.Replaced, Has.Length.EqualTo(2));

        earlier.Dispose();
        Assert.That(this.Replaced.Single().Value, Is.SameAs(own));
        this.console.Type("read\n");
        Assert.That(await Task.Run(Console.ReadLine).Within(), Is.EqualTo("read"));

        later.Dispose();
        Assert.That(this.Replaced, Is.Empty);
        Assert.That(Console.In, Is.SameAs(own));
    }

    [Test]
    public void A_copy_that_ends_before_an_earlier_one_leaves_the_reader_of_that_one()
    {
        var own = Console.In;
        var earlier = new ConsoleRouting().Begin()!;
        var ofEarlier = Console.In;
        var later = new ConsoleRouting().Begin()!;

        later.Dispose();
        Assert.That(Console.In, Is.SameAs(ofEarlier));
        Assert.That(this.Replaced.Single().Value, Is.SameAs(own));

        earlier.Dispose();
        Assert.That(Console.In, Is.SameAs(own));
    }

    [Test]
    public async Task The_reader_of_the_process_is_back_once_text_that_came_late_has_been_read()
    {
        var own = Console.In;
        using var end = new CancellationTokenSource();
        var routing = new ConsoleRouting().Begin()!;
        var line = Task.Run(() =>
        {
            EndOfInput.Current = end.Token;
            return Console.ReadLine();
        });
        this.console.WaitUntilRead();
        end.Cancel();
        Assert.That(await line.Within(), Is.Null);

        routing.Dispose();
        Assert.That(Console.In, Is.Not.SameAs(own), "the read goes on");

        this.console.Type("late\n");
        Assert.That(await Task.Run(Console.ReadLine).Within(), Is.EqualTo("late"));
        Assert.That(SpinWait.SpinUntil(() => Console.In == own, Gate.Patience), Is.True);
    }

    [Test]
    [NotOnMono(Mono.CollectorKeepsTooMuch)]
    public void A_reader_that_was_replaced_is_not_kept_once_the_last_launch_has_ended()
    {
        var routing = new ConsoleRouting();
        var replaced = ReplaceForAWhile(routing);
        Console.SetIn(this.console);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(replaced.IsAlive, Is.False);
        GC.KeepAlive(routing);
    }

    private static StrongBox<TextReader>[] AllReplaced() =>
        [.. (List<StrongBox<TextReader>>?)AppDomain.CurrentDomain.GetData("SafeLaunch.ReplacedReaders") ?? []];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ReplaceForAWhile(ConsoleRouting routing)
    {
        var reader = new StringReader("");
        Console.SetIn(reader);
        routing.Begin()!.Dispose();
        return new(reader);
    }
}
