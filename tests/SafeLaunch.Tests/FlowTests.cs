using System.Globalization;
using System.Transactions;

namespace SafeLaunch.Tests;

/// <summary>What of the caller's surroundings reaches the launch.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FlowTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [Test]
    public void Nothing_ambient_of_the_caller_reaches_the_launch()
    {
        var seen = StartInSurroundings(new());

        Assert.That(seen.Value, Is.Null);
        Assert.That(seen.Culture, Is.Not.EqualTo("pl-PL"));
        Assert.That(seen.HasTransaction, Is.False);
    }

    [Test]
    [NotOnMono(Mono.LetsNoTransactionFlow)]
    public void All_of_it_does_if_asked_for()
    {
        var seen = StartInSurroundings(new() { FlowExecutionContext = true });

        Assert.That(seen, Is.EqualTo(new Surroundings("caller", "pl-PL", HasTransaction: true)));
    }

    [Test]
    public void Nothing_of_the_launch_reaches_the_caller()
    {
        using var handle = Launcher.Start(() => Ambient.Value = "launch");

        Assert.That(Ambient.Value, Is.Null);
    }

    [Test]
    public void A_caller_without_a_flow_may_start_a_launch()
    {
        using (ExecutionContext.SuppressFlow())
        {
            using var handle = Launcher.Start(TestLaunch.UntilStopped, new() { FlowExecutionContext = true });
            Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        }
    }

    private static Surroundings StartInSurroundings(LaunchOptions options)
    {
        Surroundings? seen = null;
        var thread = TestLaunch.OnThread(() =>
        {
            Ambient.Value = "caller";
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("pl-PL");
            using var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            using var handle = Launcher.Start(
                () =>
                {
                    seen = new(Ambient.Value, CultureInfo.CurrentCulture.Name, Transaction.Current is not null);
                },
                options);
        });
        thread.JoinInTime();
        return seen!;
    }

    private sealed record Surroundings(string? Value, string Culture, bool HasTransaction);
}
