namespace SafeLaunch.Benchmarks.Paired;

/// <summary>
/// Contenders that take turns in one process, round by round, so that other work of the machine hits all of them alike.
/// The result is the ratio to the first of them within the same round.
/// </summary>
/// <typeparam name="TContender">Who takes turns.</typeparam>
/// <typeparam name="TSample">What one turn measures.</typeparam>
public sealed class Rounds<TContender, TSample>(IReadOnlyList<TContender> contenders)
    where TContender : notnull
{
    private readonly Dictionary<TContender, List<TSample>> samples = contenders.ToDictionary(contender => contender, _ => new List<TSample>());

    public IReadOnlyList<TContender> Contenders => contenders;

    /// <summary>Runs the rounds after some that do not count, each in another order.</summary>
    public async Task RunAsync(int warmUps, int rounds, Func<TContender, Task<TSample>> turn)
    {
        for (var round = -warmUps; round < rounds; round++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                var contender = contenders[(i + round + warmUps) % contenders.Count];
                var sample = await turn(contender);
                if (round >= 0)
                {
                    this.samples[contender].Add(sample);
                }
            }
        }
    }

    public double Median(TContender contender, Func<TSample, double> value) => Statistics.Median(this.samples[contender].Select(value));

    public double MedianRatio(TContender contender, Func<TSample, double> value) =>
        Statistics.Median(this.samples[contender].Zip(this.samples[contenders[0]], (one, first) => value(one) / value(first)));
}
