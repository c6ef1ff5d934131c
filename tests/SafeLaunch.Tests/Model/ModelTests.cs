using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace SafeLaunch.Tests.Model;

/// <summary>A launch keeps its contract while several callers act on it at the same time.</summary>
public sealed class ModelTests
{
    private const string CountVariable = "SAFELAUNCH_PLANS";
    private const string ReplayVariable = "SAFELAUNCH_REPLAY";

    [Test]
    public void A_launch_keeps_its_contract_under_every_plan()
    {
        var count = Environment.GetEnvironmentVariable(CountVariable) is { } many ? int.Parse(many, CultureInfo.InvariantCulture) : 300;
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true);
        if (Environment.GetEnvironmentVariable(ReplayVariable) is { } seeds)
        {
            // As a failure prints them: (seed,gamma).
            ulong[] numbers = [.. seeds.Trim('(', ')').Split(',').Select(seed => ulong.Parse(seed, CultureInfo.InvariantCulture))];
            config = config.WithReplay(new Replay(new(numbers[0], numbers[1]), size: null));
        }

        Check.One(config, Prop.ForAll(Plans.Any(), RunAsync));
    }

    private static async Task RunAsync(Plan plan)
    {
        using var play = new Play(plan);
        await play.RunAsync();
    }
}
