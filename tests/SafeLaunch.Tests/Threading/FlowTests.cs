using System.Globalization;
using System.Transactions;

namespace SafeLaunch.Tests.Threading;

/// <summary>What of the caller's surroundings reaches the launch.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FlowTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [Test]
    public void Nothing_ambient_of_the_caller_reaches_the_launch()
    {
        var seen = StartInSurroundings(_ => { });

        Assert.That(seen.Value, Is.Null);
        Assert.That(seen.Culture, Is.Not.EqualTo("pl-PL"));
        Assert.That(seen.HasTransaction, Is.False);
    }

    [Test]
    [NotOnMono(Mono.LetsNoTransactionFlow)]
    public void With_FlowExecutionContext_everything_ambient_of_the_caller_reaches_the_launch()
    {
        var seen = StartInSurroundings(options => options.FlowExecutionContext = true);

        Assert.That(seen, Is.EqualTo(new Surroundings("caller", "pl-PL", HasTransaction: true)));
    }

    [Test]
    public void Nothing_of_the_launch_reaches_the_caller()
    {
        using var handle = Launcher.For(() => Ambient.Value = "launch").Start();

        Assert.That(Ambient.Value, Is.Null);
    }

    [Test]
    public void A_caller_without_a_flow_may_start_a_launch()
    {
        using (ExecutionContext.SuppressFlow())
        {
            using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.FlowExecutionContext = true).Start();
            Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        }
    }

    private static Surroundings StartInSurroundings(Action<LaunchOptions> options)
    {
        Surroundings? seen = null;
        var thread = TestLaunch.OnThread(() =>
        {
            Ambient.Value = "caller";
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("pl-PL");
            using var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            using var handle = Launcher.For(
                () =>
                {
                    seen = new(Ambient.Value, CultureInfo.CurrentCulture.Name, Transaction.Current is not null);
                },
                options).Start();
        });
        thread.JoinInTime();
        return seen!;
    }

    private sealed record Surroundings(string? Value, string Culture, bool HasTransaction);
}
